"""What Discord refuses for good is told by the next way, and every click gets an answer."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest

from bot.page.phrases import ENGLISH
from tests.emulators.discord.faults import Fault
from tests.scenarios.articles import MOVE, RIVAL
from tests.scenarios.discord_rig import discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.emulators.discord.server import DiscordEmulator
    from tests.scenarios.shown import Shown

WHERE = "Where is the headquarters?"
ALWAYS = 99
DISCORDS_EPOCH_MS = 1_420_070_400_000


def in_direct(discord: DiscordEmulator) -> list[Shown]:
    return [read(message) for message in discord.world.posted(discord.world.direct_of_alice)]


def for_alice(discord: DiscordEmulator) -> list[Shown]:
    """What only Alice sees in a channel, oldest first."""
    return [read(message) for message in discord.world.ephemerals.values()]


@pytest.mark.parametrize(
    "fault",
    [Fault(403, 50001), Fault(403, 50013), Fault(403, 160_002), Fault(400, 20_028), Fault(403)],
    ids=["50001", "50013", "a rare one", "a 400", "without a code"],
)
async def test_a_reply_refused_for_good_comes_as_a_direct_message_and_the_log_says_why_once(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    async with discord_stage() as (stage, discord):
        fault.times = ALWAYS
        discord.faults.plan("POST", f"channels/{discord.world.general}/messages", fault)
        question = await stage.alice.asks(WHERE)
        question.gone = True
        await stage.driver.until(lambda: bool(in_direct(discord)), "a direct message")
    assert [shown.quotes for shown in in_direct(discord)] == [(MOVE,)]
    lines = [line for line in caplog.messages if "refused" in line]
    assert len(lines) == 1
    assert str(fault.code or "HTTP 403") in lines[0]
    assert "headquarters" not in caplog.text


async def test_where_the_direct_message_is_closed_as_well_a_sign_stands_on_the_question() -> None:
    async with discord_stage() as (stage, discord):
        discord.world.channel(discord.world.direct_of_alice).closed = 50007
        refused = Fault(403, 50013, times=ALWAYS)
        discord.faults.plan("POST", f"channels/{discord.world.general}/messages", refused)
        question = await stage.alice.asks(WHERE)
        question.gone = True
        await stage.driver.until(lambda: bool(discord.world.reactions), "a reaction")
    assert discord.world.reactions == {(discord.world.general, question.ref.message, "⚠️")}


@pytest.mark.parametrize("fault", [Fault(404, 10008), Fault(403, 50005), Fault(400, 30_046)])
async def test_a_reply_that_cannot_be_changed_is_replaced_by_a_new_one(fault: Fault) -> None:
    async with discord_stage() as (stage, discord):
        question = await stage.alice.asks(WHERE, Medium.DIRECT_MESSAGE)
        await question.reply()
        fault.times = ALWAYS
        discord.faults.plan("PATCH", "/messages/", fault)
        await stage.alice.edits(question, "Where is the rival?")
        await question.becomes(lambda shown: shown.quotes == (RIVAL,), "the newer answer")


async def test_an_edit_of_a_question_that_is_no_longer_kept_is_no_new_question() -> None:
    async with discord_stage() as (stage, discord):
        here = discord.world.general
        for days in (40, 1):  # the second is answered, and so the first was heard as well
            await edit_an_old_question(discord, days)
        posted = discord.world.posted
        await stage.driver.until(lambda: bool(posted(here)), "the answer to the younger")
    assert len(posted(here)) == 1


async def edit_an_old_question(discord: DiscordEmulator, days: int) -> None:
    """Lets Bob edit a question that he asked so many days ago."""
    world, here = discord.world, discord.world.general
    edited = dt.datetime.now(dt.UTC).isoformat()
    old = discord.people.said_before(world.bob, here, WHERE, edited)
    del world.channel(here).messages[old["id"]]
    sent_ms = int((time.time() - days * 86_400) * 1_000) - DISCORDS_EPOCH_MS
    old["id"] = str(sent_ms << 22)
    world.channel(here).messages[old["id"]] = old
    await discord.people.preview(here, old["id"])


@pytest.mark.parametrize("code", [10008, 50001, 160_002])
async def test_a_view_that_discord_refuses_to_show_is_said_to_whoever_clicked(code: int) -> None:
    async with discord_stage() as (stage, discord):
        reply = await (await stage.alice.asks(WHERE)).reply()
        discord.faults.plan("PATCH", "webhooks/", Fault(403, code, times=ALWAYS))
        await stage.alice.clicks(reply, ENGLISH.context)
        await stage.driver.until(lambda: bool(for_alice(discord)), "to be told")
    assert [shown.text for shown in for_alice(discord)] == [ENGLISH.unchangeable]


async def test_a_click_whose_answer_in_place_is_refused_is_answered_in_a_direct_message() -> None:
    async with discord_stage() as (stage, discord):
        reply = await (await stage.alice.asks(WHERE)).reply()
        discord.faults.plan("PATCH", "webhooks/", Fault(404, 10015, times=ALWAYS))
        discord.faults.plan("POST", "webhooks/", Fault(404, 10015, times=ALWAYS))
        await stage.alice.clicks(reply, ENGLISH.context)
        await stage.driver.until(lambda: bool(in_direct(discord)), "a direct message")
    assert [shown.text for shown in in_direct(discord)] == [ENGLISH.unchangeable]


async def test_a_click_that_fails_says_so_with_an_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with discord_stage() as (stage, discord):
        reply = await (await stage.alice.asks(WHERE)).reply()
        # This number is longer than Python reads.
        button = reply.handle["components"][0]["components"][0]
        button["custom_id"] = button["custom_id"].replace(":0:", f":{'9' * 5_000}:", 1)
        await stage.alice.clicks(reply, ENGLISH.context)
        await stage.driver.until(lambda: bool(for_alice(discord)), "to be told")
    (told,) = for_alice(discord)
    begins, _, rest = ENGLISH.failed.partition("{id}")
    failure_id = told.text.removeprefix(begins).removesuffix(rest)
    assert f"discord/component failed, id {failure_id}: ValueError" in caplog.text
