"""The process ends while a command of Discord is claimed and deferred; its asker is not forgotten.

Discord tells of a command once. Whoever was told to wait must be answered by the next process.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.discord.backfill import MAX_MESSAGES
from bot.page.phrases import ENGLISH
from tests.emulators.discord.answering import FIRST_WORD_S
from tests.emulators.discord.faults import Fault
from tests.scenarios.articles import MOVE, Expert
from tests.scenarios.child import process_stage
from tests.scenarios.discord_rig import discord, discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.faulty import WHERE
from tests.scenarios.rig import RunningBot, options_in
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.discord.server import DiscordEmulator
    from tests.scenarios.shown import Shown


def told(emulator: DiscordEmulator) -> list[Shown]:
    """Returns what Alice was told by direct messages."""
    return [read(message) for message in emulator.world.posted(emulator.world.direct_of_alice)]


async def deferral_tried(emulator: DiscordEmulator) -> None:
    """Waits until the bot has asked Discord to defer a reply."""
    await emulator.world.changes.wait_for(
        lambda: bool(emulator.rest.called("POST", "/callback")), "a deferral"
    )


@pytest.mark.slow
async def test_killed_before_it_knows_that_its_reply_is_deferred(tmp_path: Path) -> None:
    async with process_stage(discord(), tmp_path) as (stage, platform, bot):
        await bot.start(patient=True)
        platform.emulator.faults.plan("POST", "/callback", Fault(silent=True, too_late=True))
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        await deferral_tried(platform.emulator)
        await bot.kill()
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)
        assert told(platform.emulator) == []


@pytest.mark.slow
async def test_killed_before_its_reply_is_deferred_it_answers_by_a_direct_message(
    tmp_path: Path,
) -> None:
    async with process_stage(discord(), tmp_path) as (stage, platform, bot):
        emulator = platform.emulator
        await bot.start(patient=True)
        emulator.faults.plan("POST", "/callback", Fault(silent=True))
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        await deferral_tried(emulator)
        await bot.kill()
        await bot.start(patient=True)
        await stage.driver.until(lambda: bool(told(emulator)), "a direct message")
        question.gone = True  # Discord itself has said where it was typed that nothing comes

    (shown,) = told(emulator)
    assert shown.quotes == (MOVE,)
    assert shown.text.startswith(ENGLISH.unreachable)


async def test_a_reply_waits_for_its_deferral() -> None:
    async with discord_stage() as (stage, emulator):
        emulator.faults.plan("POST", "/callback", Fault(slow_s=0.5))
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)

    assert told(emulator) == []


async def test_a_command_is_deferred_in_time_while_the_database_is_away(tmp_path: Path) -> None:
    async with discord_stage(options=options_in(tmp_path)) as (stage, emulator):
        with closing(sqlite3.connect(tmp_path / "state.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            began = emulator.world.clock.now()
            question = await stage.alice.asks(WHERE, Medium.COMMAND)
            await deferral_tried(emulator)
            assert emulator.world.clock.now() - began < FIRST_WORD_S
            other.execute("ROLLBACK")
        assert (await question.reply()).quotes == (MOVE,)


async def test_of_a_busy_channel_the_latest_messages_are_caught_up_with_in_their_order(
    tmp_path: Path,
) -> None:
    async with discord() as platform:
        world, people = platform.emulator.world, platform.emulator.people
        missed = [f"{number}: {WHERE}" for number in range(3)]
        await people.say(world.alice, world.general, missed[0], mention=True)
        for number in range(MAX_MESSAGES - 2):
            await people.say(world.bob, world.general, f"small talk {number}")
        for question in missed[1:]:
            await people.say(world.alice, world.general, question, mention=True)
        expert, one_by_one = Expert(), replace(options_in(tmp_path), threads=1)
        bot = RunningBot(platform.access, expert, one_by_one)
        await bot.start()
        try:
            await world.changes.wait_for(lambda: len(world.posted(world.general)) == 2, "replies")
        finally:
            await bot.stop()

    assert list(expert.asked) == missed[1:]
