"""A reply that the platform refuses for good goes another way, or is given up once, with why."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.desk.policy import Policy
from bot.desk.service import Options, open_desk
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.bot.desk.surfaces import Paper, ask
from tests.emulators.slack.signal import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from bot.desk.desk import Desk

QUICK = Options(policy=Policy(retry_s=0.01, sweep_s=0.01))


def echo(question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG001  # one article
    article = Article("a.txt", None, question)
    return Answer(question, (Finding(Quote(article, 0, len(question)), None, 0.9),))


@asynccontextmanager
async def desk_of(paper: Paper) -> AsyncIterator[Desk]:
    async with open_desk(echo, QUICK) as desk:
        desk.attach("paper", paper)
        yield desk
        await desk.detach("paper")


async def settled(desk: Desk) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while desk.in_work:
            await asyncio.sleep(0)


async def test_a_reply_that_cannot_be_changed_is_posted_anew_and_the_old_one_is_removed() -> None:
    paper = Paper()
    async with desk_of(paper) as desk:
        await desk.accept(ask("where?"))
        await settled(desk)
        paper.fixed = {"p1"}
        await desk.revise(ask("where now?", revision="2"))
        await settled(desk)
        before = list(paper.posts.values())
        await desk.revise(ask("and where now?", revision="3"))
        await settled(desk)
    assert before == ["where now?"]
    assert list(paper.posts.values()) == ["and where now?"]  # the new one can be changed again


async def test_what_the_platform_refuses_in_every_way_is_given_up_at_once_and_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    paper = Paper()
    paper.closed = paper.unreachable = True
    async with desk_of(paper) as desk:
        await desk.accept(ask("where is it?"))
        await settled(desk)
        claim = await desk.state.claim_of(ask().key)
        again = await desk.state.take_over(["paper"], 9, ())
        lost = desk.metrics.outcomes.labels("paper", "lost")._value.get()  # noqa: SLF001  # there is no other way to read it
    assert claim is not None
    assert (again, lost) == ([], 1)
    lines = [line for line in caplog.messages if claim.id in line]
    assert len(lines) == 1
    assert "cannot_dm" in lines[0]
    assert "where is it" not in caplog.text
