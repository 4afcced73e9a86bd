"""What goes wrong in Discord alone; each question has exactly one outcome all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retrieval.answers import Answer
from tests.emulators.discord.faults import Fault
from tests.fakes import from_all_folders
from tests.scenarios.articles import FIRM, MOVE, RIVAL, Expert, finding
from tests.scenarios.discord_rig import discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.faulty import SLOWLY, WHERE, begun
from tests.scenarios.rig import QUICK
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.emulators.discord.server import DiscordEmulator
    from tests.scenarios.shown import Shown


@pytest.mark.parametrize(
    "fault", [Fault(0), Fault(0, too_late=True), Fault(503)], ids=["cut", "cut afterwards", "503"]
)
async def test_a_promise_whose_confirmation_is_lost_is_kept(fault: Fault) -> None:
    async with discord_stage() as (stage, discord):
        discord.faults.plan("POST", "/callback", fault)
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)


def told(discord: DiscordEmulator) -> list[Shown]:
    """Returns what Alice was told in private, beside or instead of a reply."""
    return [read(message) for message in discord.world.posted(discord.world.direct_of_alice)]


async def test_an_answer_that_comes_after_the_token_expired_is_sent_as_a_direct_message() -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await stage.alice.asks(SLOWLY, Medium.COMMAND)
        await begun(expert)
        discord.world.clock.advance(16 * 60)
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(told(discord)), "a direct message")
        question.gone = True
        discord.world.ephemerals.clear()  # the promise cannot be kept where it was made

    (shown,) = told(discord)
    assert shown.quotes == (MOVE,)


@pytest.mark.parametrize("edited", [None, "2026-01-01T00:00:00.000000+00:00"])
async def test_an_old_question_that_somebody_pins_is_not_answered(edited: str | None) -> None:
    async with discord_stage() as (stage, discord):
        here = discord.world.general
        old = discord.people.said_before(discord.world.bob, here, WHERE, edited)
        await discord.people.preview(here, old["id"])
        await (await stage.alice.asks("Where is the rival?")).reply()
        await discord.gateway.caught_up()

    assert len(discord.world.posted(here)) == 1


@pytest.mark.parametrize("medium", [Medium.MENTION, Medium.DIRECT_MESSAGE, Medium.COMMAND])
async def test_a_link_that_discord_does_not_take_is_left_out(medium: Medium) -> None:
    linked = replace(FIRM, url="https://example.com/firm")

    @from_all_folders
    def answerer(question: str) -> Answer:
        return Answer(question, (finding(linked, MOVE, "Wiesbaden"),))

    async with discord_stage(answerer) as (stage, discord):
        method, part = ("PATCH", "webhooks/") if medium is Medium.COMMAND else ("POST", "/messages")
        discord.faults.plan(method, part, Fault(400, code=50035))
        reply = await (await stage.alice.asks(WHERE, medium)).reply()
        assert (reply.quotes, reply.links) == ((MOVE,), ())
        assert (await (await stage.bob.asks(WHERE, medium)).reply()).links != ()


async def test_asked_to_reconnect_it_comes_back_for_what_it_missed() -> None:
    async with discord_stage() as (stage, discord):
        await discord.gateway.reconnect()
        await stage.driver.until(lambda: not discord.gateway.sockets, "it to go")
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)
        assert discord.gateway.resumed == 1


async def test_a_session_that_is_no_longer_known_is_begun_anew_and_nothing_is_missed() -> None:
    async with discord_stage() as (stage, discord):
        early = await stage.alice.asks(WHERE)
        await early.reply()
        discord.gateway.forget()
        await discord.gateway.reconnect()
        await stage.driver.until(lambda: not discord.gateway.sockets, "it to go")
        meanwhile = await stage.bob.asks("Where is the rival?")
        identified = discord.gateway.identified
        await stage.driver.until(lambda: len(identified) == 2, "it to begin anew")
        late = await stage.alice.asks(WHERE)
        assert (await late.reply()).quotes == (MOVE,)
        assert (await meanwhile.reply()).quotes == (RIVAL,)


async def test_where_no_private_notice_is_possible_the_refusal_is_a_reply() -> None:
    async with discord_stage(options=replace(QUICK, limit_per_user=2)) as (stage, discord):
        discord.world.channel(discord.world.direct_of_alice).closed = 50007
        for _ in range(2):
            await (await stage.alice.asks(WHERE)).reply()
        refused = await stage.alice.asks(WHERE)
        assert "more than 2 questions a minute" in (await refused.reply()).text
        await (await stage.bob.asks(WHERE)).reply()
