"""Ten times too many questions: everybody hears in time where they stand, and nobody waits long."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from bot.desk.pace import Pace
from bot.desk.policy import Policy
from bot.desk.service import Options, open_desk
from bot.page.phrases import ENGLISH
from tests.bot.desk.surfaces import Paper, ask
from tests.bot.desk.test_desk import echo
from tests.fakes import from_all_folders

if TYPE_CHECKING:
    from bot.page.reply import Reply
    from bot.state.ask import Ask
    from retrieval.answers import Answer

BUSY, OVERLOADED = (text.partition("{")[0] for text in (ENGLISH.busy, ENGLISH.overloaded))


class Timed(Paper):
    """Notes when each asker first hears anything, and when each reply stands."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: dict[str, float] = {}
        self.replied: dict[str, float] = {}
        self.turned_away: set[str] = set()

    async def post(self, ask: Ask, reply: Reply) -> str:
        self.heard.setdefault(ask.key.message, time.monotonic())
        self.replied[ask.key.message] = time.monotonic()
        return await super().post(ask, reply)

    async def tell(self, ask: Ask, words: str) -> None:
        self.heard.setdefault(ask.key.message, time.monotonic())
        if words.startswith(OVERLOADED):
            self.turned_away.add(ask.key.message)
        await super().tell(ask, words)


async def test_under_ten_times_overload_everyone_hears_in_time_and_has_one_outcome() -> None:
    """Two threads of 50 ms take 40 questions a second; 400 arrive in the first second."""
    paper, asked = Timed(), {}

    @from_all_folders
    def slowly(question: str) -> Answer:
        time.sleep(0.05)
        return echo(question)

    policy = Policy(busy_after_s=60.0, sweep_s=0.05, max_wait_s=2.0)
    options = Options(deadline_s=3.0, threads=2, policy=policy)
    async with open_desk(slowly, options) as desk:
        desk.attach("paper", paper)
        for number in range(400):
            message = str(number)
            asked[message] = time.monotonic()
            await desk.accept(ask(f"q{message}?", message))
            await asyncio.sleep(0.0025)
        async with asyncio.timeout(30):
            while len(paper.replied) + len(paper.turned_away) < len(asked):
                await asyncio.sleep(0.01)
        await desk.detach("paper")

    assert paper.replied.keys().isdisjoint(paper.turned_away)
    waits = [paper.heard[message] - at for message, at in asked.items()]
    assert max(waits) < 3.0
    answers = [paper.replied[message] - asked[message] for message in paper.replied]
    assert max(answers) < 2 * (3.0 + 2.0)  # twice: other work on the machine slows it
    assert len(answers) > 50
    assert len(paper.turned_away) > 100


async def test_a_question_without_a_thread_is_put_off_before_its_deadline_and_then_answered() -> (
    None
):
    paper = Paper()
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        if question == "first?":
            go_on.wait(20)
        return echo(question)

    options = Options(deadline_s=0.5, threads=1, policy=Policy(busy_after_s=60.0, sweep_s=0.05))
    async with open_desk(slowly, options) as desk:
        desk.attach("paper", paper)
        await desk.accept(ask("first?", "1"))
        await desk.accept(ask("second?", "2"))
        async with asyncio.timeout(20):
            while not paper.told:
                await asyncio.sleep(0.01)
            told_first = not paper.posts
            while len(paper.posts) < 2:
                await asyncio.sleep(0.01)
        go_on.set()
        await desk.detach("paper")
    assert told_first  # and not with the first one's failure
    assert paper.told[0].startswith(BUSY)
    assert "second?" in paper.posts.values()


async def test_the_line_is_as_long_as_the_wait_and_not_as_a_number() -> None:
    """An answer takes a second: five begin, sixty wait a minute, and the rest are told to."""
    paper = Paper()
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(30)
        return echo(question)

    options = Options(deadline_s=10.0, threads=1, policy=Policy(busy_after_s=60.0, sweep_s=9.0))
    async with open_desk(slowly, options) as desk:
        desk.attach("paper", paper)
        desk.answer_service.pace.took(1.0)
        for number in range(100):
            await desk.accept(ask(f"q{number}?", str(number)))
        async with asyncio.timeout(20):
            while len(paper.told) < 94:
                await asyncio.sleep(0.01)
        begun = desk.in_work
        go_on.set()
        async with asyncio.timeout(20):
            while len(paper.posts) < 61:
                await asyncio.sleep(0.01)
        await desk.detach("paper")
    busy = [words for words in paper.told if words.startswith(BUSY)]
    assert begun == 6  # at work, and five that wait for the thread
    assert busy[0] == ENGLISH.busy.format(number=7)
    assert len(busy) == 55  # up to the sixtieth second
    assert paper.told[-1] == ENGLISH.overloaded.format(seconds=61)


def test_the_pace_follows_what_was_measured() -> None:
    pace = Pace(4, deadline_s=10.0)
    assert pace.wait_s(1_000) == 0.0
    pace.took(1.0)
    assert pace.wait_s(3) == 0.0  # a thread is free
    assert pace.wait_s(1_003) == 250.0
    assert pace.in_time == 4 + 20
    for _ in range(100):
        pace.took(0.1)
    assert 190 <= pace.in_time - 4 <= 200
