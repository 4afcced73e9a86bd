"""Outages of the database, at every point between a question's arrival and its conclusion.

SQLite is locked by another connection for longer than it is waited for; PostgreSQL is stopped and
started again. Whatever the point, the question has one outcome.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

from bot.desk.policy import Policy
from bot.desk.service import Options, open_desk
from bot.page.phrases import ENGLISH
from tests.bot.desk.surfaces import Paper, ask
from tests.bot.desk.test_desk import echo
from tests.fakes import from_all_folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.desk.desk import Desk
    from bot.state.ask import Ask
    from retrieval.answers import Answer, FindAnswer
    from tests.postgresql import PostgresServer

PATIENT = Policy(busy_after_s=60.0, retry_s=0.01, sweep_s=0.05, grace_s=0.2)
TOO_OLD = 0.3  # seconds; each outage lasts longer than what the desk can wait for in one call


class Database(Protocol):
    """A database that can be taken away."""

    url: str

    def take(self) -> None:
        """Makes it answer nothing more."""

    def give_back(self) -> None:
        """Lets it answer again, with all that was committed."""


class LockedSqlite:
    """A file that another connection writes to."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._path = path

    def take(self) -> None:
        self._other = sqlite3.connect(self._path, isolation_level=None)
        self._other.execute("BEGIN EXCLUSIVE")

    def give_back(self) -> None:
        self._other.close()


class StoppedPostgres:
    """A server that crashes."""

    def __init__(self, server: PostgresServer) -> None:
        # The tests' server may lose its last commits in a crash; a real one may not.
        self.url = server.new_database() + "&options=-csynchronous_commit%3Don"
        self._server = server

    def take(self) -> None:
        self._server.stop()

    def give_back(self) -> None:
        self._server.start()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "sqlite":
        return LockedSqlite(tmp_path / "state.db")
    return StoppedPostgres(request.getfixturevalue("postgresql"))


@asynccontextmanager
async def desk_on(
    database: Database, paper: Paper, answerer: FindAnswer = echo, *, deadline_s: float = 20.0
) -> AsyncIterator[Desk]:
    options = Options(
        database_url=database.url, database_busy_s=0.05, deadline_s=deadline_s, policy=PATIENT
    )
    async with open_desk(answerer, options) as desk:
        desk.attach("paper", paper)
        try:
            yield desk
        finally:
            await desk.detach("paper")


async def answered(desk: Desk, paper: Paper) -> None:
    """Waits until there is a reply and nothing is left to do, in work or in the state."""
    async with asyncio.timeout(20):
        while desk.in_work or not paper.posts:
            await asyncio.sleep(0.01)
        while desk.state.kind and (claim := await desk.state.claim_of(ask().key)) is not None:
            if claim.reply:
                return
            await asyncio.sleep(0.01)


async def test_at_its_arrival(database: Database) -> None:
    paper = Paper()
    async with desk_on(database, paper) as desk:
        database.take()
        arriving = asyncio.create_task(desk.accept(ask()))
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await arriving
        await answered(desk, paper)
    assert (paper.posts, paper.told) == ({"p1": "where?"}, [])


async def test_at_its_arrival_for_longer_than_the_deadline(database: Database) -> None:
    """The platform delivers the question again and again; its asker hears of the failure once."""
    paper = Paper()
    async with desk_on(database, paper, deadline_s=0.3) as desk:
        database.take()
        taken = [*await asyncio.gather(desk.accept(ask()), desk.accept(ask()))]
        taken.append(await desk.accept(ask()))
        told = list(paper.told)
        database.give_back()
        taken.append(await desk.accept(ask()))
        await answered(desk, paper)
    assert taken == [False, False, False, True]
    assert told == paper.told == [ENGLISH.failed.format(id="store")]
    assert paper.posts == {"p1": "where?"}


async def test_after_the_claim(database: Database) -> None:
    paper = Paper()
    async with desk_on(database, paper) as desk:
        await desk.accept(ask())
        database.take()  # nothing was read or written since
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await answered(desk, paper)
    assert (paper.posts, paper.told) == ({"p1": "where?"}, [])


async def test_while_its_answer_is_looked_for(database: Database) -> None:
    paper = Paper()
    begun, go_on = threading.Event(), threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        begun.set()
        go_on.wait(20)
        return echo(question)

    async with desk_on(database, paper, slowly) as desk:
        await desk.accept(ask())
        await asyncio.to_thread(begun.wait, 20)
        database.take()
        go_on.set()
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await answered(desk, paper)
    assert paper.events == ["post where?"]


async def test_when_its_reply_is_out(database: Database) -> None:
    paper = Paper()
    paper.before_post = lambda _: database.take()
    async with desk_on(database, paper) as desk:
        await desk.accept(ask())
        async with asyncio.timeout(20):
            while not paper.posts:
                await asyncio.sleep(0.01)
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await answered(desk, paper)
    assert paper.events == ["post where?"]


async def test_when_its_reply_could_not_be_posted_either(database: Database) -> None:
    """Nobody works on the question then, and this process holds it: it takes it back."""
    paper = Paper()
    outages = iter([True])

    def fail(_: Ask) -> None:
        if next(outages, False):
            database.take()
            raise OSError("the network is gone as well")

    paper.before_post = fail
    async with desk_on(database, paper) as desk:
        await desk.accept(ask())
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await answered(desk, paper)
    assert paper.events == ["post where?"]


async def test_while_it_is_handed_back(database: Database) -> None:
    first, second = Paper(), Paper()
    forever = threading.Event()

    @from_all_folders
    def hang(question: str) -> Answer:
        forever.wait(20)
        return echo(question)

    async with desk_on(database, first, hang) as desk:
        for number in range(20):
            await desk.accept(ask(message=str(number)))
        database.take()
        async with asyncio.timeout(10):
            await desk.detach("paper")
    forever.set()
    database.give_back()
    async with desk_on(database, second), asyncio.timeout(20):
        while len(second.posts) < 20:
            await asyncio.sleep(0.01)
    assert first.posts == {}


async def test_while_it_is_put_off(database: Database) -> None:
    paper = Paper()
    go_on = threading.Event()

    @from_all_folders
    def slowly(question: str) -> Answer:
        go_on.wait(20)
        return echo(question)

    narrow = Policy(busy_after_s=60.0, sweep_s=0.05, queue_limit=1)
    options = Options(database_url=database.url, database_busy_s=0.05, policy=narrow, threads=1)
    async with open_desk(slowly, options) as desk:
        desk.attach("paper", paper)
        await desk.accept(ask(message="0"))
        await desk.accept(ask("late?"))
        database.take()
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        go_on.set()
        async with asyncio.timeout(20):
            while len(paper.posts) < 2:
                await asyncio.sleep(0.01)
        await desk.detach("paper")
    assert sorted(paper.posts.values()) == ["late?", "where?"]


async def test_while_it_is_edited_and_deleted(database: Database) -> None:
    paper = Paper()
    async with desk_on(database, paper) as desk:
        await desk.accept(ask("old?"))
        await answered(desk, paper)
        database.take()
        editing = asyncio.create_task(desk.revise(ask("new?", revision="2")))
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await editing
        async with asyncio.timeout(20):
            while paper.posts != {"p1": "new?"} or desk.in_work:
                await asyncio.sleep(0.01)
        database.take()
        deleting = asyncio.create_task(desk.withdraw(ask().key))
        await asyncio.sleep(TOO_OLD)
        database.give_back()
        await deleting
        async with asyncio.timeout(20):
            while paper.posts:
                await asyncio.sleep(0.01)
