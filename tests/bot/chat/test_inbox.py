"""Which messages are for the bot: the same rules on every platform."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.chat.inbox import Heard, Inbox
from bot.desk.service import Options, open_desk
from bot.state.channel_rules import Rules
from bot.state.history import GapScope
from tests.bot.desk.surfaces import Paper, ask
from tests.emulators.slack.signal import PATIENCE_S
from tests.fakes import nothing_found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.desk.desk import Desk
    from bot.state.channel_rules import Mode

REMARK = Heard(ask("Where is it?"), from_person=True, asks=True)
IN_THREAD = replace(REMARK, ask=ask("Where is it?", thread="t1"), in_thread=True)


@asynccontextmanager
async def inbox_with(mode: Mode = "mention") -> AsyncIterator[tuple[Inbox, Desk, Paper]]:
    paper = Paper()
    async with open_desk(nothing_found, Options()) as desk:
        desk.attach("paper", paper)
        await desk.state.set_rules(REMARK.ask.key, Rules(mode))
        yield Inbox(desk), desk, paper
        await desk.detach("paper")


async def settled(desk: Desk) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while desk.in_work:
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("heard", "mode", "answered"),
    [
        (REMARK, "mention", False),
        (replace(REMARK, direct=True), "mention", True),
        (replace(REMARK, names_us=True), "mention", True),
        (replace(REMARK, names_us=True, asks=False), "mention", True),
        (replace(REMARK, names_us=True, from_person=False), "mention", False),
        (replace(REMARK, replies_to_us=True), "mention", True),
        (replace(REMARK, replies_to_us=True, asks=False), "mention", False),
        (REMARK, "questions", True),
        (replace(REMARK, asks=False), "questions", False),
        (replace(REMARK, from_person=False), "questions", False),
        (REMARK, "threads", False),
        (IN_THREAD, "threads", False),
    ],
    ids=["a remark", "in private", "by name", "by name without a question mark", "a bot by name",
         "a reply with a question", "a reply with thanks", "every question",
         "a remark among questions", "a bot's question", "a question outside of threads",
         "a thread we have not answered in"],
)  # fmt: skip
async def test_a_message_is_for_the_bot_when_it_names_it_or_the_rules_say_so(
    heard: Heard, mode: Mode, answered: bool
) -> None:
    async with inbox_with(mode) as (inbox, desk, paper):
        await inbox.heard(heard)
        await settled(desk)
    assert bool(paper.posts) is answered


@pytest.mark.parametrize(
    ("change", "mode", "answered"),
    [
        ({}, "threads", True),
        ({"asks": False}, "threads", True),
        ({"addresses_another": True}, "threads", False),
        ({"in_thread": False}, "threads", False),
        ({}, "mention", False),
        ({"addresses_another": True}, "questions", True),
    ],
    ids=["a question", "a remark", "a remark to somebody else", "beside the thread",
         "where only a mention counts", "a question to somebody else where all are answered"],
)  # fmt: skip
async def test_a_thread_that_was_answered_in_goes_on_where_the_rules_say_so(
    change: dict[str, bool], mode: Mode, answered: bool
) -> None:
    async with inbox_with(mode) as (inbox, desk, paper):
        first = ask("Where is it?", message="m0", thread="t1")
        await inbox.heard(Heard(first, from_person=True, names_us=True))
        await settled(desk)
        await inbox.heard(replace(IN_THREAD, **change))  # type: ignore[arg-type]  # by name
        await settled(desk)
    assert len(paper.posts) == 1 + answered


@pytest.mark.parametrize("text", ["?", "thanks!", "👍", ":+1:", "hi", "how are you?"])
async def test_small_talk_among_people_is_left_alone_and_answered_where_it_names_us(
    text: str,
) -> None:
    said = Heard(ask(text, message="m1", thread="t1"), from_person=True, in_thread=True, asks=True)
    async with inbox_with("threads") as (inbox, desk, paper):
        first = ask("Where is it?", message="m0", thread="t1")
        await inbox.heard(Heard(first, from_person=True, names_us=True))
        await settled(desk)
        await inbox.heard(said)
        await inbox.heard(replace(said, replies_to_us=True))
        await settled(desk)
        before = len(paper.posts)
        await inbox.heard(replace(said, names_us=True))
        await settled(desk)
    assert (before, len(paper.posts)) == (1, 2)


async def test_an_edit_makes_a_question_of_a_remark_only_while_it_is_recent() -> None:
    now = replace(REMARK, names_us=True)
    async with inbox_with() as (inbox, desk, paper):
        await inbox.edited(now, lately=False)
        await settled(desk)
        before = dict(paper.posts)
        await inbox.edited(now)
        await settled(desk)
    assert (before, len(paper.posts)) == ({}, 1)


async def test_an_edit_of_a_question_that_was_answered_counts_whatever_it_says_now() -> None:
    async with inbox_with() as (inbox, desk, paper):
        await inbox.heard(replace(REMARK, names_us=True))
        await settled(desk)
        other = ask("Where was it?", revision="2")
        await inbox.edited(Heard(other, from_person=False))
        await settled(desk)
        kept = list(paper.events)
        await inbox.edited(Heard(other, from_person=True), lately=False)
        await settled(desk)
    assert len(kept) == 1
    assert len(paper.events) == 2


async def test_a_deleted_question_takes_its_reply_along() -> None:
    async with inbox_with() as (inbox, desk, paper):
        await inbox.heard(replace(REMARK, names_us=True))
        await settled(desk)
        await inbox.deleted(REMARK.ask.key)
        await settled(desk)
    assert paper.posts == {}


async def test_a_workspace_that_removes_the_bot_leaves_nothing() -> None:
    async with inbox_with() as (inbox, desk, _):
        await inbox.heard(replace(REMARK, names_us=True))
        await settled(desk)
        before = await desk.state.gaps(GapScope("paper", "W"), 9)
        await inbox.left("paper", "W")
        after = await desk.state.gaps(GapScope("paper", "W"), 9)
    assert (len(before), after) == (1, [])
