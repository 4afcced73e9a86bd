"""The questions in work: how many there are, and how many wait."""

from __future__ import annotations

import asyncio

from bot.desk.metrics import Metrics
from bot.desk.work_queue import WorkQueue
from bot.state.claims import Claim
from tests.bot.desk.surfaces import ask


class Rung:
    """A bell that counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


async def begun(queue: WorkQueue, message: str) -> asyncio.Event:
    """Begin a question whose work lasts until the event."""
    done = asyncio.Event()

    async def work() -> None:
        await done.wait()

    queue.begin(Claim(message, ask(message=message)), work())
    await asyncio.sleep(0)
    return done


async def ended(done: asyncio.Event) -> None:
    done.set()
    for _ in range(3):
        await asyncio.sleep(0)


async def test_room_goes_with_each_question_and_comes_back() -> None:
    queue = WorkQueue(2, Metrics(), on_room=Rung())
    done = await begun(queue, "1")
    assert (queue.room, len(queue)) == (1, 1)
    assert ask(message="1").key in queue
    assert ask(message="2").key not in queue
    await ended(done)
    assert (queue.room, len(queue)) == (2, 0)


async def test_who_waits_in_line_knows_their_number_and_room_is_announced_to_them_alone() -> None:
    bell = Rung()
    queue = WorkQueue(1, Metrics(), on_room=bell)
    await ended(await begun(queue, "1"))
    assert bell.times == 0

    assert [queue.wait_in_line(), queue.wait_in_line()] == [2, 3]
    await ended(await begun(queue, "2"))
    assert bell.times == 1

    queue.leave_line(1)
    assert queue.wait_in_line() == 3


async def test_a_line_of_which_nobody_could_be_taken_is_empty() -> None:
    queue = WorkQueue(1, Metrics(), on_room=Rung())
    queue.wait_in_line()
    queue.leave_line(0)
    assert queue.wait_in_line() == 2


async def test_the_questions_of_a_platform_are_found() -> None:
    queue = WorkQueue(9, Metrics(), on_room=Rung())
    done = await begun(queue, "1")
    assert [claim.id for claim in queue.of_platform("paper").values()] == ["1"]
    assert queue.of_platform("slack") == {}
    await ended(done)
