"""Whatever goes wrong, each question has exactly one outcome, and none is lost.

That itself is checked when a stage ends; the tests only say what goes wrong.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.emulators.slack.faults import Fault
from tests.emulators.slack.workspace import ALICE, BOT_USER, GENERAL
from tests.scenarios.articles import MOVE, RIVAL, Expert
from tests.scenarios.slack_rig import QUICK, slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Place

if TYPE_CHECKING:
    from tests.emulators.slack.server import SlackEmulator
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Question, Stage

WHERE = "Where is the headquarters?"
SLOWLY = "With patience, where is the headquarters?"


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault(429, "ratelimited", retry_after_s=1, times=2), Place.CHANNEL),
        (Fault(500, times=3), Place.CHANNEL),
        (Fault(503, "service_unavailable"), Place.DIRECT),
        (Fault(0), Place.CHANNEL),
        (Fault(0, too_late=True), Place.CHANNEL),
        (Fault(0, too_late=True), Place.DIRECT),
        (Fault(500, too_late=True), Place.CHANNEL),
        (Fault(500, too_late=True), Place.DIRECT),
    ],
    ids=["429 twice", "500 three times", "503", "cut", "cut after posting",
         "cut after posting in private", "500 after posting", "500 after posting in private"],
)  # fmt: skip
async def test_a_reply_that_cannot_be_posted_at_once_is_posted_once(
    fault: Fault, place: Place
) -> None:
    async with slack_stage() as (stage, slack):
        slack.faults.plan("chat.postMessage", replace(fault))
        question = await stage.alice.asks(WHERE, place)
        assert (await question.reply()).quotes == (MOVE,)
        assert slack.faults.left("chat.postMessage") == 0
        tried = [call.at for call in slack.api.called("chat.postMessage")]
        least_s = fault.retry_after_s or 0
        assert all(later - earlier >= least_s for earlier, later in pairwise(tried))


@pytest.mark.parametrize(
    "fault", [Fault(429, "ratelimited", retry_after_s=1), Fault(500, times=2)], ids=["429", "500"]
)
async def test_a_private_answer_that_cannot_be_shown_at_once_is_shown_once(fault: Fault) -> None:
    async with slack_stage() as (stage, slack):
        slack.faults.plan("response_url", replace(fault))
        question = await stage.alice.asks(WHERE, Place.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)


async def working_on(stage: Stage, expert: Expert, place: Place = Place.CHANNEL) -> Question:
    """A question whose answer is being looked for, until the expert may go on."""
    question = await stage.alice.asks(SLOWLY, place)
    await stage.driver.until(lambda: bool(stage.driver.signs_of_work()), "a sign of work")
    assert SLOWLY in expert.asked
    return question


def told(slack: SlackEmulator) -> list[Shown]:
    """What Alice was told in private, beside or instead of a reply."""
    direct = slack.workspace.posted(slack.workspace.direct(ALICE).id)
    return [read(message) for message in [*direct, *slack.workspace.ephemerals.values()]]


async def test_an_answer_that_comes_after_its_response_url_expired_is_still_shown() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await stage.alice.asks(SLOWLY, Place.COMMAND)
        slack.workspace.clock.advance(31 * 60)
        expert.may_go_on.set()
        assert (await question.reply()).quotes == (MOVE,)


@pytest.mark.parametrize("trouble", ["archived", "removed"])
async def test_where_it_may_no_longer_write_the_asker_gets_the_answer_in_private(
    trouble: str,
) -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await working_on(stage, expert)
        channel = slack.workspace.channel(GENERAL)
        slack.workspace.reactions.clear()  # the bot cannot take them away any more
        channel.archived = trouble == "archived"
        if trouble == "removed":
            channel.members.remove(BOT_USER)
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(told(slack)), "a private answer")
        question.gone = True

    (shown,) = told(slack)
    assert shown.quotes == (MOVE,)


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.DIRECT])
async def test_a_question_deleted_while_it_is_worked_on_leaves_no_reply(place: Place) -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await working_on(stage, expert, place)
        await stage.alice.deletes(question)
        await stage.driver.until(lambda: slack.deliveries.idle, "the deletion to arrive")
        expert.may_go_on.set()

    assert told(slack) == []


async def test_a_question_whose_deletion_the_bot_never_hears_of_leaves_no_reply() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await working_on(stage, expert)
        slack.workspace.reactions.clear()
        del slack.workspace.channel(GENERAL).messages[question.spot.message]
        question.gone = True
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(slack.api.called("chat.delete")), "it to notice")

    assert slack.workspace.posted(GENERAL) == []


async def test_a_question_edited_while_it_is_worked_on_is_answered_as_it_is_now() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        question = await working_on(stage, expert)
        await stage.alice.edits(question, "Where is the rival?")
        await stage.driver.until(lambda: slack.deliveries.idle, "the edit to arrive")
        expert.may_go_on.set()
        await question.becomes(lambda reply: reply.quotes == (RIVAL,), "the newer answer")


async def test_an_answer_that_takes_too_long_is_given_up_with_an_id() -> None:
    expert = Expert()
    try:
        async with slack_stage(answerer=expert, options=replace(QUICK, deadline_s=0.3)) as (
            stage,
            _,
        ):
            reply = await (await stage.alice.asks(SLOWLY)).reply()
            assert "failed" in reply.text
    finally:
        expert.may_go_on.set()


async def test_a_sign_of_work_that_may_not_be_shown_is_no_reason_not_to_answer() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        slack.faults.plan("reactions.add", Fault(200, "missing_scope", times=9))
        question = await stage.alice.asks(SLOWLY)
        refused = slack.api.called
        await stage.driver.until(lambda: bool(refused("reactions.add")), "it to be refused")
        expert.may_go_on.set()
        assert (await question.reply()).quotes == (MOVE,)


async def test_a_preview_that_slack_adds_is_no_edit() -> None:
    async with slack_stage() as (stage, slack):
        question = await stage.alice.asks(WHERE, Place.DIRECT)
        await question.reply()
        slack.people.unfurl(question.spot.conversation[0], question.spot.message)
        await stage.driver.until(lambda: slack.deliveries.idle, "the preview to arrive")
        await (await stage.alice.asks(WHERE)).reply()

    assert slack.api.called("chat.update") == []


async def test_a_socket_cut_again_and_again_loses_no_question() -> None:
    async with slack_stage() as (stage, slack):
        questions = []
        for number in range(60):
            questions.append(await stage.alice.asks(f"{number}: {WHERE}"))
            if number % 10 == 5:
                opened = slack.sockets.opened
                for connection in list(slack.sockets.connections):
                    await connection.close(code=1011)
                await stage.driver.until(lambda: slack.sockets.opened > opened, "it to return")  # noqa: B023  # at once
        for question in questions:
            await question.reply()


async def test_a_question_asked_while_the_bot_was_cut_off_is_answered_afterwards() -> None:
    async with slack_stage() as (stage, slack):
        for connection in list(slack.sockets.connections):
            connection.cut()
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)


async def test_a_question_asked_through_a_deaf_socket_is_answered_through_another() -> None:
    async with slack_stage() as (stage, slack):
        (connection,) = slack.sockets.connections
        connection.deaf = True
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)


async def test_too_many_questions_wait_and_are_all_answered() -> None:
    expert = Expert()
    options = replace(QUICK, threads=1, policy=replace(QUICK.policy, queue_limit=2))
    async with slack_stage(answerer=expert, options=options) as (stage, slack):
        await working_on(stage, expert)
        waiting = [await stage.alice.asks(f"{number}: {WHERE}") for number in range(4)]
        await stage.driver.until(lambda: len(told(slack)) == 3, "three to be told")
        expert.may_go_on.set()
        for question in waiting:
            await question.reply()

    assert [number for shown in told(slack) for number in "345" if number in shown.text] == [*"345"]


async def test_one_question_too_many_is_refused_in_private() -> None:
    async with slack_stage(options=replace(QUICK, limit_per_user=2)) as (stage, slack):
        for _ in range(2):
            await (await stage.alice.asks(WHERE)).reply()
        refused = await stage.alice.asks(WHERE)
        await stage.driver.until(lambda: bool(told(slack)), "a private notice")
        refused.gone = True
        await (await stage.bob.asks(WHERE)).reply()

    (notice,) = told(slack)
    assert "more than 2 questions a minute" in notice.text
