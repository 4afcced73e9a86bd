"""What goes wrong in Slack alone; each question has exactly one outcome all the same."""

from __future__ import annotations

from tests.emulators.slack.faults import Fault
from tests.scenarios.articles import MOVE, Expert
from tests.scenarios.faulty import SLOWLY, WHERE
from tests.scenarios.rig import stage_on
from tests.scenarios.slack_rig import slack, slack_stage
from tests.scenarios.stage import Medium


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
