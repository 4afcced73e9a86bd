"""Whatever goes wrong, each question has exactly one outcome, and none is lost.

That itself is checked when a stage ends; the tests only say what goes wrong.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.emulators.discord.faults import Fault as DiscordFault
from tests.emulators.slack.faults import Fault as SlackFault
from tests.scenarios.articles import MOVE, RIVAL, Expert
from tests.scenarios.discord_rig import discord
from tests.scenarios.faulty import SLOWLY, WHERE, working_on
from tests.scenarios.rig import QUICK, Call, stage_on
from tests.scenarios.slack_rig import slack
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.scenarios.conftest import Opening

HERE, ALONE = Medium.MENTION, Medium.DIRECT_MESSAGE


@pytest.mark.parametrize(
    ("opening", "fault", "medium"),
    [
        (slack, SlackFault(429, "ratelimited", retry_after_s=1, times=2), HERE),
        (slack, SlackFault(500, times=3), HERE),
        (slack, SlackFault(503, "service_unavailable"), ALONE),
        (slack, SlackFault(0), HERE),
        (slack, SlackFault(0, too_late=True), HERE),
        (slack, SlackFault(0, too_late=True), ALONE),
        (slack, SlackFault(500, too_late=True), HERE),
        (slack, SlackFault(500, too_late=True), ALONE),
        (discord, DiscordFault(429, retry_after_s=0.3, times=2), HERE),
        (discord, DiscordFault(429, retry_after_s=0.3, via=False, times=2), HERE),
        (discord, DiscordFault(500), HERE),
        (discord, DiscordFault(503, times=2), ALONE),
        (discord, DiscordFault(0), HERE),
        (discord, DiscordFault(0, too_late=True), HERE),
        (discord, DiscordFault(0, too_late=True), ALONE),
        (discord, DiscordFault(502, too_late=True), HERE),
        (discord, DiscordFault(503, too_late=True), ALONE),
    ],
    ids=["slack 429 twice", "slack 500 three times", "slack 503", "slack cut",
         "slack cut after posting", "slack cut after posting in private", "slack 500 after posting",
         "slack 500 after posting in private",
         "discord 429 twice", "discord 429 twice as if banned", "discord 500", "discord 503 twice",
         "discord cut", "discord cut after posting", "discord cut after posting in private",
         "discord 502 after posting", "discord 503 after posting in private"],
)  # fmt: skip
async def test_a_reply_that_cannot_be_posted_at_once_is_posted_once(
    opening: Opening, fault: SlackFault | DiscordFault, medium: Medium
) -> None:
    async with stage_on(opening()) as (stage, platform):
        platform.fail(Call.REPLY, fault)
        question = await stage.alice.asks(WHERE, medium)
        assert (await question.reply()).quotes == (MOVE,)
        assert platform.failures_left(Call.REPLY) == 0
        # discord.py raises on a 429 that did not come from Discord; its Retry-After is not read.
        ours = isinstance(fault, SlackFault) or fault.via
        least_s = (fault.retry_after_s or 0) if ours else 0
        tried = platform.tried(Call.REPLY)
        assert all(later - earlier >= least_s for earlier, later in pairwise(tried))


@pytest.mark.parametrize(
    ("opening", "fault"),
    [
        (slack, SlackFault(429, "ratelimited", retry_after_s=1)),
        (slack, SlackFault(500, times=2)),
        (discord, DiscordFault(429, retry_after_s=0.3)),
        (discord, DiscordFault(429, retry_after_s=0.3, via=False)),
        (discord, DiscordFault(500)),
        (discord, DiscordFault(0)),
        (discord, DiscordFault(0, too_late=True)),
    ],
    ids=["slack 429", "slack 500 twice", "discord 429", "discord 429 as if banned", "discord 500",
         "discord cut", "discord cut afterwards"],
)  # fmt: skip
async def test_a_private_answer_that_cannot_be_shown_at_once_is_shown_once(
    opening: Opening, fault: SlackFault | DiscordFault
) -> None:
    async with stage_on(opening()) as (stage, platform):
        platform.fail(Call.PRIVATE_ANSWER, fault)
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)
        assert platform.failures_left(Call.PRIVATE_ANSWER) == 0


@pytest.mark.parametrize(
    ("opening", "reason"),
    [(slack, "archived"), (slack, "removed"),
     (discord, "archived"), (discord, "removed"), (discord, "muted")],
    ids=["slack archived", "slack removed", "discord archived", "discord removed", "discord muted"],
)  # fmt: skip
async def test_where_it_may_no_longer_write_the_asker_gets_the_answer_in_private(
    opening: Opening, reason: str
) -> None:
    expert = Expert()
    async with stage_on(opening(), expert) as (stage, platform):
        question = await working_on(stage, expert)
        platform.shut(reason)
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(platform.told()), "a private answer")
        question.gone = True

    (shown,) = platform.told()
    assert shown.quotes == (MOVE,)


@pytest.mark.parametrize("medium", [HERE, ALONE])
async def test_a_question_deleted_while_it_is_worked_on_leaves_no_reply(
    opening: Opening, medium: Medium
) -> None:
    expert = Expert()
    async with stage_on(opening(), expert) as (stage, platform):
        question = await working_on(stage, expert, medium)
        await stage.alice.deletes(question)
        await platform.caught_up()
        expert.may_go_on.set()

    assert platform.told() == []


async def test_a_question_whose_deletion_the_bot_never_hears_of_leaves_no_reply(
    opening: Opening,
) -> None:
    expert = Expert()
    async with stage_on(opening(), expert) as (stage, platform):
        question = await working_on(stage, expert)
        platform.lose(question.ref)
        question.gone = True
        expert.may_go_on.set()
        await platform.missed()

    assert list(stage.driver.everything()) == []


async def test_a_question_edited_while_it_is_worked_on_is_answered_as_it_is_now(
    opening: Opening,
) -> None:
    expert = Expert()
    async with stage_on(opening(), expert) as (stage, platform):
        question = await working_on(stage, expert)
        await stage.alice.edits(question, "Where is the rival?")
        await platform.caught_up()
        expert.may_go_on.set()
        await question.becomes(lambda reply: reply.quotes == (RIVAL,), "the newer answer")


async def test_an_answer_that_takes_too_long_is_given_up_with_an_id(opening: Opening) -> None:
    expert = Expert()
    try:
        options = replace(QUICK, deadline_s=0.3)
        async with stage_on(opening(), expert, options=options) as (stage, _):
            reply = await (await stage.alice.asks(SLOWLY)).reply()
            assert "failed" in reply.text
    finally:
        expert.may_go_on.set()


async def test_a_preview_that_the_platform_adds_is_no_edit(opening: Opening) -> None:
    async with stage_on(opening()) as (stage, platform):
        question = await stage.alice.asks(WHERE, ALONE)
        await question.reply()
        await platform.preview(question.ref)
        await platform.caught_up()
        await (await stage.alice.asks(WHERE)).reply()
        await platform.caught_up()

    assert platform.updates() == 0


# A Slack that is cut again and again gives up its retries, as the real one does.
@pytest.mark.parametrize(
    ("opening", "politely"),
    [(slack, True), (discord, True), (discord, False)],
    ids=["slack closed", "discord asked to reconnect", "discord cut"],
)
async def test_a_connection_lost_again_and_again_loses_no_question(
    opening: Opening, politely: bool
) -> None:
    async with stage_on(opening()) as (stage, platform):
        questions = []
        for number in range(60):
            questions.append(await stage.alice.asks(f"{number}: {WHERE}"))
            if number % 10 == 5:
                before = platform.opened
                if politely:
                    await platform.disconnect()
                else:
                    platform.cut()
                await stage.driver.until(lambda: platform.opened > before, "it to return")  # noqa: B023  # at once
        for question in questions:
            await question.reply()


async def test_a_question_asked_while_the_bot_was_cut_off_is_answered_afterwards(
    opening: Opening,
) -> None:
    async with stage_on(opening()) as (stage, platform):
        platform.cut()
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)


async def test_too_many_questions_wait_and_are_all_answered(opening: Opening) -> None:
    expert = Expert()
    options = replace(QUICK, threads=1, policy=replace(QUICK.policy, queue_limit=2))
    async with stage_on(opening(), expert, options=options) as (stage, platform):
        await working_on(stage, expert)
        waiting = [await stage.alice.asks(f"{number}: {WHERE}") for number in range(4)]
        await stage.driver.until(lambda: len(platform.told()) == 3, "three to be told")
        expert.may_go_on.set()
        for question in waiting:
            await question.reply()

    numbers = [number for shown in platform.told() for number in "345" if number in shown.text]
    assert sorted(numbers) == [*"345"]


async def test_one_question_too_many_is_refused_in_private(opening: Opening) -> None:
    options = replace(QUICK, limit_per_user=2)
    async with stage_on(opening(), options=options) as (stage, platform):
        for _ in range(2):
            await (await stage.alice.asks(WHERE)).reply()
        refused = await stage.alice.asks(WHERE)
        await stage.driver.until(lambda: bool(platform.told()), "a private notice")
        refused.gone = True
        await (await stage.bob.asks(WHERE)).reply()

    (notice,) = platform.told()
    assert "more than 2 questions a minute" in notice.text


async def test_a_command_too_many_is_refused_where_it_was_typed(opening: Opening) -> None:
    options = replace(QUICK, limit_per_user=1)
    async with stage_on(opening(), options=options) as (stage, _):
        await (await stage.alice.asks(WHERE, Medium.COMMAND)).reply()
        refused = await stage.alice.asks(WHERE, Medium.COMMAND)
        assert "more than 1 questions a minute" in (await refused.reply()).text
