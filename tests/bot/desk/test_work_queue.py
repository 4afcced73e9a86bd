"""The questions in work: how many there are, and how many wait."""

from __future__ import annotations

import asyncio

from bot.desk.metrics import Metrics
from bot.desk.pace import Pace
from bot.desk.work_queue import WorkQueue
from bot.state.claims import Claim
from tests.bot.desk.surfaces import ask


class Rung:
    """A bell that counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def queue_of(limit: int, bell: Rung) -> WorkQueue:
    """A queue whose answers take no time worth speaking of."""
    return WorkQueue(limit, Metrics(), pace=Pace(2, 10.0), on_room=bell)


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
    queue = queue_of(2, Rung())
    done = await begun(queue, "1")
    assert (queue.room, len(queue)) == (1, 1)
    assert ask(message="1").key in queue
    assert ask(message="2").key not in queue
    await ended(done)
    assert (queue.room, len(queue)) == (2, 0)


async def test_who_waits_in_line_knows_their_number_and_room_is_announced_to_them_alone() -> None:
    bell = Rung()
    queue = queue_of(1, bell)
    await ended(await begun(queue, "1"))
    assert bell.times == 0

    done = await begun(queue, "2")
    assert [queue.wait_in_line(), queue.wait_in_line()] == [2, 3]
    await ended(done)
    assert bell.times == 1

    queue.leave_line(1)
    assert queue.wait_in_line() == 2


async def test_a_line_of_which_nobody_could_be_taken_is_empty() -> None:
    queue = queue_of(1, Rung())
    queue.wait_in_line()
    queue.leave_line(0)
    assert queue.wait_in_line() == 1


async def test_there_is_room_for_as_many_as_are_answered_in_time() -> None:
    pace = Pace(2, deadline_s=10.0)
    pace.took(1.0)
    queue = WorkQueue(1_000, Metrics(), pace=pace, on_room=Rung())
    assert queue.room == 2 + 10  # half the deadline of two threads, and those at work
    claims = [Claim(str(number), ask(message=str(number))) for number in range(3)]
    done = [await begun(queue, claim.id) for claim in claims]
    assert queue.room == 9
    queue.answered(claims[0])
    assert (queue.room, len(queue)) == (10, 3)
    for each in done:
        await ended(each)


async def test_a_new_question_does_not_begin_before_those_in_the_line() -> None:
    queue = queue_of(2, Rung())
    assert queue.takes_new
    queue.wait_in_line()
    assert queue.takes_new
    queue.wait_in_line()
    assert not queue.takes_new


async def test_the_questions_of_a_platform_are_found() -> None:
    queue = queue_of(9, Rung())
    done = await begun(queue, "1")
    assert [claim.id for claim in queue.of_platform("paper").values()] == ["1"]
    assert queue.of_platform("slack") == {}
    await ended(done)
