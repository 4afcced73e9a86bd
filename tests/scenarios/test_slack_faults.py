"""What goes wrong in Slack alone; each question has exactly one outcome all the same."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.phrases import ENGLISH
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.workspace import GENERAL
from tests.scenarios.articles import MOVE, Expert
from tests.scenarios.faulty import SLOWLY, WHERE
from tests.scenarios.rig import QUICK, stage_on
from tests.scenarios.slack_rig import slack, slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from retrieval.answers import Answer
    from tests.scenarios.shown import Shown

AWAY = ENGLISH.overloaded.partition("{")[0]


async def test_an_answer_that_comes_after_its_response_url_expired_is_still_shown() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await stage.alice.asks(SLOWLY, Medium.COMMAND)
        slack.workspace.clock.advance(31 * 60)
        expert.may_go_on.set()
        assert (await question.reply()).quotes == (MOVE,)


async def test_a_busy_indicator_that_may_not_be_shown_is_no_reason_not_to_answer() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        slack.faults.plan("reactions.add", Fault(200, "missing_scope", times=9))
        question = await stage.alice.asks(SLOWLY)
        refused = slack.api.called
        await stage.driver.until(lambda: bool(refused("reactions.add")), "it to be refused")
        expert.may_go_on.set()
        assert (await question.reply()).quotes == (MOVE,)


async def test_a_question_asked_through_a_deaf_socket_is_answered_through_another() -> None:
    async with stage_on(slack(ping_every_s=0.2)) as (stage, platform):
        (connection,) = platform.emulator.sockets.connections
        connection.deaf = True
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)


class SlowExpert(Expert):
    """Takes a tenth of a second for each answer."""

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        time.sleep(0.1)
        return Expert.__call__(self, question, folders=folders)


async def test_under_ten_times_overload_everyone_hears_within_the_deadline() -> None:
    """Two threads answer 20 questions a second; 200 are asked within the first second or two."""
    policy = replace(QUICK.policy, max_wait_s=2.0)
    options = replace(QUICK, threads=2, deadline_s=3.0, policy=policy)
    heard: dict[str, float] = {}
    async with slack_stage(answerer=SlowExpert(), options=options) as (stage, slack):
        asked: dict[str, float] = {}
        for number in range(200):
            question = await stage.alice.asks(f"{number}: {WHERE}")
            asked[question.ref.message] = slack.workspace.clock.now()
            await asyncio.sleep(0.005)
        space = slack.workspace

        def turned_away() -> list[Shown]:
            return [shown for shown in map(read, space.ephemerals.values()) if AWAY in shown.text]

        async with asyncio.timeout(30):
            while len(space.posted(GENERAL)) + len(turned_away()) < len(asked):
                await asyncio.sleep(0.05)
        stage.questions.clear()  # who was turned away has no reply
        await stage.driver.stop()
        assert turned_away()
        assert len(space.posted(GENERAL)) + len(turned_away()) == len(asked)
        for method in ("chat.postMessage", "chat.postEphemeral"):
            for call in slack.api.called(method):
                ts = str(call.args["thread_ts"])
                heard[ts] = min(call.at, heard.get(ts, call.at))
    assert max(heard[ts] - at for ts, at in asked.items()) < options.deadline_s
