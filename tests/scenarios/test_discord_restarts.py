"""The bot is stopped, killed and started again: no question is lost, none answered twice."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.discord.sync import sync
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.server import DiscordEmulator
from tests.scenarios.articles import ARTICLES, MOVE, OLD, Expert
from tests.scenarios.discord_child import BotProcess
from tests.scenarios.discord_driver import DiscordDriver
from tests.scenarios.discord_rig import QUICK, RunningBot, access_to, options_in
from tests.scenarios.stage import Place, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

WHERE = "Where is the headquarters?"
SLOWLY = "With patience, where is the headquarters?"


@asynccontextmanager
async def process_stage(folder: Path) -> AsyncIterator[tuple[Stage, DiscordEmulator, BotProcess]]:
    async with DiscordEmulator() as discord:
        await sync(access_to(discord))
        bot = BotProcess(discord, folder)
        stage = Stage(DiscordDriver(discord, bot.stop), ARTICLES)
        try:
            yield stage, discord, bot
            await stage.end()
        finally:
            await bot.kill()


async def test_killed_while_it_looks_for_answers(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        await bot.start(patient=False)
        public = await stage.alice.asks(SLOWLY)
        assert await bot.begins() == SLOWLY
        private = await stage.bob.asks(SLOWLY, Place.COMMAND)
        assert await bot.begins() == SLOWLY
        await bot.kill()
        await bot.start(patient=True)
        for question in (public, private):
            assert (await question.reply()).quotes == (MOVE,)


async def test_killed_after_discord_showed_the_reply_but_before_the_bot_knew(
    tmp_path: Path,
) -> None:
    async with process_stage(tmp_path) as (stage, discord, bot):
        discord.faults.plan("POST", "/messages", Fault(silent=True, too_late=True))
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)
        discord.world.nonces.clear()  # as after some minutes
        await bot.kill()
        await bot.start(patient=True)
        looked = discord.rest.called
        await stage.driver.until(lambda: bool(looked("GET", "/messages")), "it to look")


async def test_killed_after_it_has_answered_its_buttons_still_work(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        private = await stage.alice.asks(WHERE, Place.COMMAND)
        shown, alone = await question.reply(), await private.reply()
        await bot.kill()
        await bot.start(patient=True)
        await question.comes_again(times=2)
        await stage.bob.clicks(shown, "Next passage")
        await question.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")
        await stage.alice.clicks(alone, "Next passage")
        await private.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")


async def test_asked_while_it_is_not_running(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        question = await stage.alice.asks(WHERE)
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_two_bots_with_one_database_answer_once_between_them(database: str) -> None:
    async with DiscordEmulator() as discord:
        discord.gateway.shards = 2  # both must be there; each of them hears everything
        access, options = access_to(discord), replace(QUICK, database_url=database)
        left, right = (RunningBot(access, Expert(), options) for _ in range(2))
        await left.start()
        await right.start()
        await discord.gateway.ready()

        async def stop_both() -> None:
            await left.stop()
            await right.stop()

        stage = Stage(DiscordDriver(discord, stop_both), ARTICLES)
        try:
            questions = [await stage.alice.asks(f"{number}: {WHERE}") for number in range(10)]
            for question in questions:
                await question.comes_again(times=4)
            for question in questions:
                await question.reply()
            await stage.end()
        finally:
            await stop_both()


async def test_stopped_politely_it_finishes_what_it_began(tmp_path: Path) -> None:
    expert = Expert()
    async with DiscordEmulator() as discord:
        bot = RunningBot(access_to(discord), expert, options_in(tmp_path))
        await bot.start()

        async def let_go_and_stop() -> None:
            expert.may_go_on.set()
            await bot.stop()

        stage = Stage(DiscordDriver(discord, let_go_and_stop), ARTICLES)
        try:
            await stage.alice.asks(SLOWLY)
            await stage.driver.until(lambda: SLOWLY in expert.asked, "it to begin")
            await stage.end()
        finally:
            await let_go_and_stop()
