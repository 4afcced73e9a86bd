"""What Slack refuses for good is told by the next way, and every click and form gets an answer."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.page.phrases import ENGLISH
from bot.state.state import State
from tests.emulators.slack import payloads
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, BOT_USER, GENERAL, Channel
from tests.scenarios.articles import ARTICLES, MOVE, RIVAL, Expert
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.slack_rig import (
    QUICK,
    RunningBot,
    access_to,
    options_in,
    registration,
    slack_stage,
)
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Place, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown

WHERE = "Where is the headquarters?"
FAR = "C03FAR"  # a channel that the bot is not in


def for_ever(code: str) -> Fault:
    return Fault(200, code, times=99)


def for_alice(slack: SlackEmulator) -> list[Shown]:
    """What only Alice sees in a channel, oldest first."""
    return [read(message, ALICE) for message in slack.workspace.ephemerals.values()]


def in_direct(slack: SlackEmulator) -> list[Shown]:
    return [read(m) for m in slack.workspace.posted(slack.workspace.direct(ALICE).id)]


@pytest.mark.parametrize("code", ["no_permission", "message_limit_exceeded", "made_up_next_year"])
@pytest.mark.parametrize("closed", [0, 1, 2], ids=["ephemeral", "direct message", "reaction"])
async def test_a_reply_refused_for_good_comes_by_the_next_way_and_the_log_says_why_once(
    code: str, closed: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stage() as (stage, slack):
        direct = slack.workspace.direct(ALICE).id
        slack.faults.plan(
            "chat.postMessage",
            replace(for_ever(code), when=lambda args: args["channel"] not in {ALICE, direct}),
        )
        if closed > 0:
            slack.faults.plan("chat.postEphemeral", for_ever(code))
        if closed > 1:
            slack.faults.plan("chat.postMessage", for_ever(code))
        question = await stage.alice.asks(WHERE)
        question.gone = True
        marks = slack.workspace.reactions
        reached = (
            lambda: bool(for_alice(slack)),
            lambda: bool(in_direct(slack)),
            lambda: any(name == "warning" for _, _, name in marks),
        )[closed]
        await stage.driver.until(reached, "the next way to be taken")
        for shown in [*for_alice(slack), *in_direct(slack)]:
            assert shown.quotes == (MOVE,)
            assert ENGLISH.unreachable in shown.text

    (line,) = [record for record in caplog.messages if code in record and "question" in record]
    assert "headquarters" not in caplog.text
    assert line


async def test_a_command_whose_answer_is_refused_everywhere_is_answered_in_a_direct_message() -> (
    None
):
    async with slack_stage() as (stage, slack):
        slack.faults.plan("response_url", Fault(404, "used_url", times=9))
        slack.faults.plan("chat.postEphemeral", for_ever("user_not_in_channel"))
        question = await stage.alice.asks(WHERE, Place.COMMAND)
        await stage.driver.until(lambda: bool(in_direct(slack)), "a direct message")
        question.gone = True
    assert [shown.quotes for shown in in_direct(slack)] == [(MOVE,)]


async def test_an_edit_refused_for_its_blocks_shows_the_new_answer_as_text() -> None:
    async with slack_stage() as (stage, slack):
        question = await stage.alice.asks(WHERE, Place.DIRECT)
        await question.reply()
        slack.faults.plan(
            "chat.update", Fault(200, "invalid_blocks", 99, when=lambda args: args["blocks"])
        )
        await stage.alice.edits(question, "Where is the rival?")
        reply = await question.becomes(lambda shown: RIVAL in shown.plain, "the newer answer")
    assert reply.quotes == ()
    assert MOVE not in reply.text + reply.plain


@pytest.mark.parametrize("code", ["edit_window_closed", "cant_update_message"])
@pytest.mark.parametrize("place", [Place.CHANNEL, Place.DIRECT])
async def test_a_reply_that_cannot_be_changed_is_replaced_by_a_new_one(
    code: str, place: Place
) -> None:
    async with slack_stage() as (stage, slack):
        question = await stage.alice.asks(WHERE, place)
        await question.reply()
        slack.faults.plan("chat.update", for_ever(code))
        await stage.alice.edits(question, "Where is the rival?")
        await question.becomes(lambda shown: shown.quotes == (RIVAL,), "the newer answer")


async def test_an_edit_whose_reply_somebody_removed_is_answered_anew() -> None:
    async with slack_stage() as (stage, slack):
        question = await stage.alice.asks(WHERE, Place.DIRECT)
        reply = await question.reply()
        slack.people.delete(question.spot.conversation[0], reply.handle["ts"])
        await stage.alice.edits(question, "Where is the rival?")
        await question.becomes(lambda shown: shown.quotes == (RIVAL,), "the newer answer")


@pytest.mark.parametrize("days", [1, 40], ids=["young", "older than what is kept"])
async def test_an_edit_of_a_question_that_is_no_longer_kept_is_no_new_question(days: int) -> None:
    async with slack_stage() as (stage, slack):
        channel = slack.workspace.direct(ALICE)
        old = f"{time.time() - days * 86_400:.6f}"
        now = slack.workspace.clock.ts()
        before: Json = {"type": "message", "user": ALICE, "ts": old, "text": WHERE}
        after = {**before, "text": f"Again: {WHERE}", "edited": {"user": ALICE, "ts": now}}
        change = {
            "type": "message", "subtype": "message_changed", "channel": channel.id,
            "channel_type": "im", "ts": now, "message": after, "previous_message": before,
        }  # fmt: skip
        slack.deliveries.send_off("events_api", payloads.event_callback(slack.workspace, change))
        await stage.driver.until(lambda: slack.deliveries.idle, "the edit to arrive")
        await (await stage.alice.asks(WHERE)).reply()
    assert len(slack.workspace.posted(channel.id)) == (1 if days == 1 else 0)


def open_far_channel(slack: SlackEmulator, kind: str) -> str:
    """Makes a conversation without the bot, and returns its id."""
    name = {"channel": FAR, "im": "D0ALBO"}[kind]
    slack.workspace.channels[name] = Channel(name, "far", {ALICE}, kind=kind)
    return name


@pytest.mark.parametrize("kind", ["channel", "im"])
async def test_every_button_of_an_answer_works_where_the_bot_is_no_member(kind: str) -> None:
    async with slack_stage() as (stage, slack):
        far = open_far_channel(slack, kind)
        await slack.people.command(ALICE, far, "/ask", WHERE)
        await stage.driver.until(lambda: bool(for_alice(slack)), "the answer")
        answer = for_alice(slack)[0]
        await stage.alice.clicks(answer, "👍")
        await stage.driver.until(lambda: for_alice(slack)[-1].text.startswith("Thank"), "thanks")
        await stage.alice.clicks(answer, ENGLISH.context)
        await stage.driver.until(
            lambda: ENGLISH.less in for_alice(slack)[0].buttons, "the answer in its context"
        )
        await stage.alice.clicks(for_alice(slack)[0], ENGLISH.share)
        advice = ENGLISH.invite if kind == "channel" else ENGLISH.not_shared
        await stage.driver.until(lambda: advice in for_alice(slack)[0].text, "what to do")
    shown = for_alice(slack)[0]
    assert (shown.quotes, ENGLISH.share in shown.buttons) == ((MOVE,), True)


@pytest.mark.parametrize("code", ["edit_window_closed", "message_not_found", "msg_too_long"])
async def test_a_view_that_slack_refuses_to_show_is_said_to_whoever_clicked(code: str) -> None:
    async with slack_stage() as (stage, slack):
        reply = await (await stage.alice.asks(WHERE)).reply()
        slack.faults.plan("chat.update", for_ever(code))
        await stage.alice.clicks(reply, ENGLISH.context)
        await stage.driver.until(lambda: bool(for_alice(slack)), "to be told")
    (told,) = for_alice(slack)
    assert told.text.startswith(ENGLISH.unchangeable)


async def test_a_form_that_opens_too_late_is_said_with_an_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with slack_stage() as (stage, slack):
        slack.faults.plan("views.open", for_ever("expired_trigger_id"))
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        await stage.driver.until(lambda: bool(for_alice(slack)), "to be told")
        reply = await (await stage.alice.asks(WHERE)).reply()
        await stage.alice.clicks(reply, "👎")
        await stage.driver.until(lambda: len(for_alice(slack)) == 2, "to be told once more")
    config, why = for_alice(slack)
    begins, _, rest = ENGLISH.form_too_late.partition("{id}")
    assert config.text.startswith(begins)
    failure_id = config.plain.removeprefix(begins).removesuffix(rest)
    assert f"id {failure_id}: SlackApiError expired_trigger_id" in caplog.text
    assert why.text.startswith(ENGLISH.thanks_without_reason)


@asynccontextmanager
async def kept_stage(folder: Path) -> AsyncIterator[tuple[Stage, SlackEmulator, State]]:
    """A stage whose database can be reached by the test as well."""
    async with SlackEmulator(registration(), "socket") as slack:
        options = options_in(folder, QUICK)
        bot = RunningBot(access_to(slack, "socket"), Expert(), options)
        await bot.start()
        await slack.deliveries.transport.ready()
        state = State.open(options.database_url)
        stage = Stage(SlackDriver(slack, bot.stop), ARTICLES)
        try:
            yield stage, slack, state
            await stage.end()
        finally:
            await bot.stop()
            state.close()


@pytest.mark.parametrize("thumb", ["👍", "👎"])
async def test_a_thumb_on_an_answer_that_is_no_longer_kept_says_so(
    thumb: str, tmp_path: Path
) -> None:
    async with kept_stage(tmp_path) as (stage, slack, state):
        reply = await (await stage.alice.asks(WHERE)).reply()
        await state.purge(time.time() + 60)
        await stage.alice.clicks(reply, thumb)
        await stage.driver.until(lambda: bool(for_alice(slack)), "to be told")
    assert [told.plain for told in for_alice(slack)] == [ENGLISH.forgotten]


async def test_a_handler_that_fails_says_so_with_an_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with slack_stage() as (stage, slack):
        reply = await (await stage.alice.asks(WHERE)).reply()
        broken = reply.handle["blocks"][-1]["elements"][0]["positive_button"]
        next_button = reply.handle["blocks"][-2]["elements"][0]
        next_button["value"] = "{not JSON"
        await stage.alice.clicks(reply, next_button["text"]["text"])
        await stage.driver.until(lambda: bool(for_alice(slack)), "to be told")
        assert broken["value"].startswith("up:")
    (told,) = for_alice(slack)
    begins, _, rest = ENGLISH.failed.partition("{id}")
    failure_id = told.plain.removeprefix(begins).removesuffix(rest)
    assert f"block_actions failed, id {failure_id}: JSONDecodeError" in caplog.text
    assert BOT_USER not in told.plain
