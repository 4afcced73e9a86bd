"""The bot is stopped, killed and started again: no question is lost, none answered twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.scenarios.articles import ARTICLES, MOVE, OLD, Expert
from tests.scenarios.child import process_stage
from tests.scenarios.faulty import SLOWLY, WHERE
from tests.scenarios.rig import QUICK, RunningBot, options_in, played
from tests.scenarios.stage import Medium, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scenarios.conftest import Opening


@pytest.mark.slow
async def test_killed_while_it_looks_for_answers(opening: Opening, tmp_path: Path) -> None:
    async with process_stage(opening(), tmp_path) as (stage, _, bot):
        await bot.start(patient=False)
        public = await stage.alice.asks(SLOWLY)
        assert await bot.begins() == SLOWLY
        private = await stage.bob.asks(SLOWLY, Medium.COMMAND)
        assert await bot.begins() == SLOWLY
        await bot.kill()
        await bot.start(patient=True)
        for question in (public, private):
            assert (await question.reply()).quotes == (MOVE,)


@pytest.mark.slow
async def test_killed_after_the_platform_showed_the_reply_but_before_the_bot_knew(
    opening: Opening, tmp_path: Path
) -> None:
    async with process_stage(opening(), tmp_path) as (stage, platform, bot):
        platform.hide_next_reply()
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)
        platform.some_minutes_pass()
        await bot.kill()
        await bot.start(patient=True)
        await platform.searched()


@pytest.mark.slow
async def test_killed_after_it_has_answered_its_buttons_still_work(
    opening: Opening, tmp_path: Path
) -> None:
    async with process_stage(opening(), tmp_path) as (stage, _, bot):
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        private = await stage.alice.asks(WHERE, Medium.COMMAND)
        shown, alone = await question.reply(), await private.reply()
        await (await stage.bob.asks(WHERE)).reply()
        await bot.kill()
        await bot.start(patient=True)
        await question.comes_again(times=2)
        await stage.bob.clicks(shown, "Next passage")
        await question.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")
        await stage.alice.clicks(alone, "Next passage")
        await private.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")


@pytest.mark.slow
async def test_asked_while_it_is_not_running(opening: Opening, tmp_path: Path) -> None:
    async with process_stage(opening(), tmp_path) as (stage, _, bot):
        question = await stage.alice.asks(WHERE)
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_two_bots_with_one_database_answer_once_between_them(
    opening: Opening, database: str
) -> None:
    async with opening() as platform:
        options = replace(QUICK, database_url=database)
        left, right = (RunningBot(platform.access, Expert(), options) for _ in range(2))

        async def stop_both() -> None:
            await left.stop()
            await right.stop()

        stage = Stage(platform.driver(stop_both), ARTICLES)
        async with played(stage, stop_both):
            await left.start()
            await right.start()
            await platform.ready(bots=2)
            questions = [await stage.alice.asks(f"{number}: {WHERE}") for number in range(10)]
            for question in questions:
                await question.comes_again(times=4)
            for question in questions:
                await question.reply()


async def test_stopped_politely_it_finishes_what_it_began(opening: Opening, tmp_path: Path) -> None:
    expert = Expert()
    async with opening() as platform:
        bot = RunningBot(platform.access, expert, options_in(tmp_path))

        async def let_go_and_stop() -> None:
            expert.may_go_on.set()
            await bot.stop()

        stage = Stage(platform.driver(let_go_and_stop), ARTICLES)
        async with played(stage, let_go_and_stop):
            await bot.start()
            await stage.alice.asks(SLOWLY)
            await stage.driver.until(lambda: SLOWLY in expert.asked, "it to begin")


async def test_what_it_cannot_finish_in_time_is_left_to_the_next(
    opening: Opening, tmp_path: Path
) -> None:
    stuck, quick = Expert(), Expert()
    quick.may_go_on.set()
    hurried = replace(QUICK, policy=replace(QUICK.policy, grace_s=0.2))
    async with opening() as platform:
        first = RunningBot(platform.access, stuck, options_in(tmp_path, hurried))
        second = RunningBot(platform.access, quick, options_in(tmp_path))

        async def leave() -> None:
            stuck.may_go_on.set()
            await first.stop()
            await second.stop()

        stage = Stage(platform.driver(second.stop), ARTICLES)
        async with played(stage, leave):
            await first.start()
            question = await stage.alice.asks(SLOWLY)
            await stage.driver.until(lambda: bool(stage.driver.busy_indicators()), "it to begin")
            await first.stop()
            await second.start()
            assert (await question.reply()).quotes == (MOVE,)
