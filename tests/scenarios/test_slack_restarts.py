"""The bot is stopped, killed and started again: no question is lost, none answered twice."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.emulators.slack.faults import Fault
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios.articles import ARTICLES, MOVE, Expert
from tests.scenarios.slack_child import BotProcess
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.slack_rig import QUICK, RunningBot, access_to, options_in, registration
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

WHERE = "Where is the headquarters?"
SLOWLY = "With patience, where is the headquarters?"


@asynccontextmanager
async def process_stage(folder: Path) -> AsyncIterator[tuple[Stage, SlackEmulator, BotProcess]]:
    async with SlackEmulator(registration(), "socket") as slack:
        bot = BotProcess(slack, folder)
        stage = Stage(SlackDriver(slack, bot.stop), ARTICLES)
        try:
            yield stage, slack, bot
            await stage.end()
        finally:
            await bot.kill()


async def test_killed_while_it_looks_for_an_answer(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        await bot.start(patient=False)
        question = await stage.alice.asks(SLOWLY)
        assert await bot.begins() == SLOWLY
        await bot.kill()
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_killed_before_it_could_write_the_question_down(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, slack, bot):
        await bot.start(patient=True)
        with closing(sqlite3.connect(tmp_path / "state.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")  # nobody else can write now
            question = await stage.alice.asks(WHERE)
            await stage.driver.until(
                lambda: any(each.acked or each.failures for each in slack.deliveries.all),
                "the bot to have heard, or Slack to have given up waiting",
            )
            await bot.kill()
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_killed_after_slack_showed_the_reply_but_before_the_bot_knew(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, slack, bot):
        slack.faults.plan("chat.postMessage", Fault(silent=True, too_late=True))
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)
        await bot.kill()
        await bot.start(patient=True)
        again = slack.api.called
        await stage.driver.until(lambda: bool(again("conversations.replies")), "it to look")


async def test_killed_after_it_has_answered(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        await bot.start(patient=True)
        question = await stage.alice.asks(WHERE)
        await question.reply()
        later = await stage.bob.asks(WHERE)
        await later.reply()
        await bot.kill()
        await bot.start(patient=True)
        await question.comes_again(times=2)


async def test_asked_while_it_is_not_running(tmp_path: Path) -> None:
    async with process_stage(tmp_path) as (stage, _, bot):
        question = await stage.alice.asks(WHERE)
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_two_bots_with_one_database_answer_once_between_them(database: str) -> None:
    async with SlackEmulator(registration(), "socket") as slack:
        access, options = access_to(slack, "socket"), replace(QUICK, database_url=database)
        left, right = (RunningBot(access, Expert(), options) for _ in range(2))
        await left.start()
        await right.start()

        async def stop_both() -> None:
            await left.stop()
            await right.stop()

        stage = Stage(SlackDriver(slack, stop_both), ARTICLES)
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
    async with SlackEmulator(registration(), "socket") as slack:
        bot = RunningBot(access_to(slack, "socket"), expert, options_in(tmp_path))
        await bot.start()

        async def let_go_and_stop() -> None:
            expert.may_go_on.set()
            await bot.stop()

        stage = Stage(SlackDriver(slack, let_go_and_stop), ARTICLES)
        try:
            await stage.alice.asks(SLOWLY)
            await stage.driver.until(lambda: SLOWLY in expert.asked, "it to begin")
            await stage.end()
        finally:
            await let_go_and_stop()


async def test_stopped_right_after_questions_arrived(tmp_path: Path) -> None:
    async with SlackEmulator(registration(), "socket") as slack:
        bot = RunningBot(access_to(slack, "socket"), Expert(), options_in(tmp_path))
        await bot.start()
        stage = Stage(SlackDriver(slack, bot.stop), ARTICLES)
        try:
            for number in range(20):
                await stage.alice.asks(f"{number}: {WHERE}")
            await stage.end()
        finally:
            await bot.stop()


async def test_what_it_cannot_finish_in_time_is_left_to_the_next(tmp_path: Path) -> None:
    stuck, quick = Expert(), Expert()
    quick.may_go_on.set()
    hurried = replace(QUICK, policy=replace(QUICK.policy, grace_s=0.2))
    async with SlackEmulator(registration(), "socket") as slack:
        access = access_to(slack, "socket")
        first = RunningBot(access, stuck, options_in(tmp_path, hurried))
        second = RunningBot(access, quick, options_in(tmp_path))
        stage = Stage(SlackDriver(slack, second.stop), ARTICLES)
        try:
            await first.start()
            question = await stage.alice.asks(SLOWLY)
            await stage.driver.until(lambda: bool(stage.driver.signs_of_work()), "it to begin")
            await first.stop()
            await second.start()
            assert (await question.reply()).quotes == (MOVE,)
            await stage.end()
        finally:
            stuck.may_go_on.set()
            await first.stop()
            await second.stop()
