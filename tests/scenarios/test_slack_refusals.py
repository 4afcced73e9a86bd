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
from tests.emulators.slack.workspace import ALICE, BOT_USER, GENERAL, Channel
from tests.scenarios.articles import ARTICLES, MOVE, RIVAL, Expert
from tests.scenarios.rig import RunningBot, options_in, played
from tests.scenarios.slack_rig import slack, slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown

WHERE = "Where is the headquarters?"
FAR = "C03FAR"  # a channel that the bot is not in


def for_ever(code: str) -> Fault:
    return Fault(200, code, times=99)


def for_alice(emulator: SlackEmulator) -> list[Shown]:
    """What only Alice sees in a channel, oldest first."""
    return [read(message, ALICE) for message in emulator.workspace.ephemerals.values()]


def in_direct(emulator: SlackEmulator) -> list[Shown]:
    return [read(m) for m in emulator.workspace.posted(emulator.workspace.direct(ALICE).id)]


@pytest.mark.parametrize("code", ["no_permission", "message_limit_exceeded", "made_up_next_year"])
@pytest.mark.parametrize("closed", [0, 1, 2], ids=["ephemeral", "direct message", "reaction"])
async def test_a_reply_refused_for_good_comes_by_the_next_way_and_the_log_says_why_once(
    code: str, closed: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stage() as (stage, emulator):
        direct = emulator.workspace.direct(ALICE).id
        emulator.faults.plan(
            "chat.postMessage",
            replace(for_ever(code), when=lambda args: args["channel"] not in {ALICE, direct}),
        )
        if closed > 0:
            emulator.faults.plan("chat.postEphemeral", for_ever(code))
        if closed > 1:
            emulator.faults.plan("chat.postMessage", for_ever(code))
        question = await stage.alice.asks(WHERE)
        question.gone = True
        marks = emulator.workspace.reactions
        reached = (
            lambda: bool(for_alice(emulator)),
            lambda: bool(in_direct(emulator)),
            lambda: any(name == "warning" for _, _, name in marks),
        )[closed]
        await stage.driver.until(reached, "the next way to be taken")
        for shown in [*for_alice(emulator), *in_direct(emulator)]:
            assert shown.quotes == (MOVE,)
            assert ENGLISH.unreachable in shown.text

    (line,) = [record for record in caplog.messages if code in record and "question" in record]
    assert "headquarters" not in caplog.text
    assert line


async def test_a_command_whose_answer_is_refused_everywhere_is_answered_in_a_direct_message() -> (
    None
):
    async with slack_stage() as (stage, emulator):
        emulator.faults.plan("response_url", Fault(404, "used_url", times=9))
        emulator.faults.plan("chat.postEphemeral", for_ever("user_not_in_channel"))
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        await stage.driver.until(lambda: bool(in_direct(emulator)), "a direct message")
        question.gone = True
    assert [shown.quotes for shown in in_direct(emulator)] == [(MOVE,)]


async def test_an_edit_refused_for_its_blocks_shows_the_new_answer_as_text() -> None:
    async with slack_stage() as (stage, emulator):
        question = await stage.alice.asks(WHERE, Medium.DIRECT_MESSAGE)
        await question.reply()
        emulator.faults.plan(
            "chat.update",
            Fault(200, "invalid_blocks", 99, when=lambda args: bool(args.get("blocks"))),
        )
        await stage.alice.edits(question, "Where is the rival?")
        reply = await question.becomes(lambda shown: RIVAL in shown.plain, "the newer answer")
    assert reply.quotes == ()
    assert MOVE not in reply.text + reply.plain


@pytest.mark.parametrize("code", ["edit_window_closed", "cant_update_message"])
@pytest.mark.parametrize("medium", [Medium.MENTION, Medium.DIRECT_MESSAGE])
async def test_a_reply_that_cannot_be_changed_is_replaced_by_a_new_one(
    code: str, medium: Medium
) -> None:
    async with slack_stage() as (stage, emulator):
        question = await stage.alice.asks(WHERE, medium)
        await question.reply()
        emulator.faults.plan("chat.update", for_ever(code))
        await stage.alice.edits(question, "Where is the rival?")
        await question.becomes(lambda shown: shown.quotes == (RIVAL,), "the newer answer")


async def test_an_edit_whose_reply_somebody_removed_is_answered_anew() -> None:
    async with slack_stage() as (stage, emulator):
        question = await stage.alice.asks(WHERE, Medium.DIRECT_MESSAGE)
        reply = await question.reply()
        emulator.people.delete(question.ref.conversation[0], reply.handle["ts"])
        await stage.alice.edits(question, "Where is the rival?")
        await question.becomes(lambda shown: shown.quotes == (RIVAL,), "the newer answer")


@pytest.mark.parametrize("days", [1, 40], ids=["young", "older than what is kept"])
async def test_an_edit_of_a_question_that_is_no_longer_kept_is_no_new_question(days: int) -> None:
    async with slack_stage() as (stage, emulator):
        channel = emulator.workspace.direct(ALICE)
        old = f"{time.time() - days * 86_400:.6f}"
        now = emulator.workspace.clock.ts()
        before: Json = {"type": "message", "user": ALICE, "ts": old, "text": WHERE}
        after = {**before, "text": f"Again: {WHERE}", "edited": {"user": ALICE, "ts": now}}
        change = {
            "type": "message", "subtype": "message_changed", "channel": channel.id,
            "channel_type": "im", "ts": now, "message": after, "previous_message": before,
        }  # fmt: skip
        emulator.deliveries.send_off(
            "events_api", payloads.event_callback(emulator.workspace, change)
        )
        await stage.driver.until(lambda: emulator.deliveries.idle, "the edit to arrive")
        await (await stage.alice.asks(WHERE)).reply()
    assert len(emulator.workspace.posted(channel.id)) == (1 if days == 1 else 0)


def open_far_channel(emulator: SlackEmulator, kind: str) -> str:
    """Makes a conversation without the bot, and returns its id."""
    name = {"channel": FAR, "im": "D0ALBO"}[kind]
    emulator.workspace.channels[name] = Channel(name, "far", {ALICE}, kind=kind)
    return name


@pytest.mark.parametrize("kind", ["channel", "im"])
async def test_every_button_of_an_answer_works_where_the_bot_is_no_member(kind: str) -> None:
    async with slack_stage() as (stage, emulator):
        far = open_far_channel(emulator, kind)
        await emulator.people.command(ALICE, far, "/ask", WHERE)
        await stage.driver.until(lambda: bool(for_alice(emulator)), "the answer")
        answer = for_alice(emulator)[0]
        await stage.alice.clicks(answer, "👍")
        await stage.driver.until(lambda: for_alice(emulator)[-1].text.startswith("Thank"), "thanks")
        await stage.alice.clicks(answer, ENGLISH.context)
        await stage.driver.until(
            lambda: ENGLISH.less in for_alice(emulator)[0].buttons, "the answer in its context"
        )
        await stage.alice.clicks(for_alice(emulator)[0], ENGLISH.share)
        advice = ENGLISH.invite if kind == "channel" else ENGLISH.not_shared
        await stage.driver.until(lambda: advice in for_alice(emulator)[0].text, "what to do")
    shown = for_alice(emulator)[0]
    assert (shown.quotes, ENGLISH.share in shown.buttons) == ((MOVE,), True)


@pytest.mark.parametrize("code", ["edit_window_closed", "message_not_found", "msg_too_long"])
async def test_a_view_that_slack_refuses_to_show_is_said_to_whoever_clicked(code: str) -> None:
    async with slack_stage() as (stage, emulator):
        reply = await (await stage.alice.asks(WHERE)).reply()
        emulator.faults.plan("chat.update", for_ever(code))
        await stage.alice.clicks(reply, ENGLISH.context)
        await stage.driver.until(lambda: bool(for_alice(emulator)), "to be told")
    (told,) = for_alice(emulator)
    assert told.text.startswith(ENGLISH.unchangeable)


async def test_a_form_that_opens_too_late_is_said_with_an_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with slack_stage() as (stage, emulator):
        emulator.faults.plan("views.open", for_ever("expired_trigger_id"))
        await emulator.people.command(ALICE, GENERAL, "/ask-config", "")
        await stage.driver.until(lambda: bool(for_alice(emulator)), "to be told")
        reply = await (await stage.alice.asks(WHERE)).reply()
        await stage.alice.clicks(reply, "👎")
        await stage.driver.until(lambda: len(for_alice(emulator)) == 2, "to be told once more")
    config, why = for_alice(emulator)
    begins, _, rest = ENGLISH.form_too_late.partition("{id}")
    assert config.text.startswith(begins)
    failure_id = config.plain.removeprefix(begins).removesuffix(rest)
    assert f"id {failure_id}: SlackApiError expired_trigger_id" in caplog.text
    assert why.text.startswith(ENGLISH.thanks_without_reason)


@asynccontextmanager
async def kept_stage(folder: Path) -> AsyncIterator[tuple[Stage, SlackEmulator, State]]:
    """A stage whose database can be reached by the test as well."""
    options = options_in(folder)
    async with slack() as platform:
        bot = RunningBot(platform.access, Expert(), options)
        await bot.start()
        await platform.ready()
        state = State.open(options.database_url)
        stage = Stage(platform.driver(bot.stop), ARTICLES)
        async with played(stage, bot.stop):
            yield stage, platform.emulator, state
        state.close()


@pytest.mark.parametrize("thumb", ["👍", "👎"])
async def test_a_thumb_on_an_answer_that_is_no_longer_kept_says_so(
    thumb: str, tmp_path: Path
) -> None:
    async with kept_stage(tmp_path) as (stage, emulator, state):
        reply = await (await stage.alice.asks(WHERE)).reply()
        await state.purge(time.time() + 60)
        await stage.alice.clicks(reply, thumb)
        await stage.driver.until(lambda: bool(for_alice(emulator)), "to be told")
    assert [told.plain for told in for_alice(emulator)] == [ENGLISH.forgotten]


async def test_a_handler_that_fails_says_so_with_an_id_that_stands_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with slack_stage() as (stage, emulator):
        reply = await (await stage.alice.asks(WHERE)).reply()
        broken = reply.handle["blocks"][-1]["elements"][0]["positive_button"]
        next_button = reply.handle["blocks"][-2]["elements"][0]
        next_button["value"] = "{not JSON"
        await stage.alice.clicks(reply, next_button["text"]["text"])
        await stage.driver.until(lambda: bool(for_alice(emulator)), "to be told")
        assert broken["value"].startswith("up:")
    (told,) = for_alice(emulator)
    begins, _, rest = ENGLISH.failed.partition("{id}")
    failure_id = told.plain.removeprefix(begins).removesuffix(rest)
    assert f"block_actions failed, id {failure_id}: JSONDecodeError" in caplog.text
    assert BOT_USER not in told.plain
