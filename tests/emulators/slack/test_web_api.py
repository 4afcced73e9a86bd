from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack.faults import Fault
from tests.emulators.slack.probe import REGISTRATION
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, BOB, BOT_USER, GENERAL

if TYPE_CHECKING:
    from collections.abc import Awaitable


def client_of(slack: SlackEmulator, token: str = REGISTRATION.bot_token) -> AsyncWebClient:
    handlers: list[Any] = [AsyncRateLimitErrorRetryHandler(), AsyncServerErrorRetryHandler()]
    return AsyncWebClient(token=token, base_url=slack.api_url, retry_handlers=handlers)


async def refusal(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_token_must_be_known_and_of_the_right_kind() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client = client_of(slack)
        assert (await client.auth_test())["user_id"] == BOT_USER
        assert await refusal(client_of(slack, "xoxb-wrong").auth_test()) == "invalid_auth"
        assert await refusal(client_of(slack, "").auth_test()) == "not_authed"
        wrong, bot = "xapp-wrong", REGISTRATION.bot_token
        assert await refusal(client.apps_connections_open(app_token=wrong)) == "invalid_auth"
        opened = client.apps_connections_open(app_token=bot)
        assert await refusal(opened) == "not_allowed_token_type"


async def test_a_scope_that_was_not_granted_is_missing() -> None:
    registration = replace(REGISTRATION, scopes=frozenset({"chat:write"}))
    async with SlackEmulator(registration, "socket") as slack:
        client = client_of(slack)
        assert await refusal(client.users_info(user=ALICE)) == "missing_scope"
        await client.chat_postMessage(channel=GENERAL, text="this one was")


async def test_an_unknown_method_fails_the_test_that_called_it() -> None:
    slack = await SlackEmulator(REGISTRATION, "socket").__aenter__()
    assert await refusal(client_of(slack).api_call("chat.shout")) == "unknown_method"
    with pytest.raises(AssertionError, match=r"chat\.shout"):
        await slack.__aexit__(None, None, None)


async def test_places_where_the_app_may_not_write() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client, channel = client_of(slack), slack.workspace.channel(GENERAL)
        assert await refusal(client.chat_postMessage(channel="C0", text="x")) == "channel_not_found"
        channel.members.remove(BOB)
        to_bob = client.chat_postEphemeral(channel=GENERAL, user=BOB, text="x")
        assert await refusal(to_bob) == "user_not_in_channel"
        channel.archived = True
        assert await refusal(client.chat_postMessage(channel=GENERAL, text="x")) == "is_archived"
        channel.archived = False
        channel.members.remove(BOT_USER)
        assert await refusal(client.chat_postMessage(channel=GENERAL, text="x")) == "not_in_channel"


async def test_only_its_own_messages_can_be_changed() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client = client_of(slack)
        ts = slack.people.say(ALICE, GENERAL, "mine")
        change = client.chat_update(channel=GENERAL, ts=ts, text="yours")
        assert await refusal(change) == "cant_update_message"
        gone = client.chat_delete(channel=GENERAL, ts="1.000001")
        assert await refusal(gone) == "message_not_found"


async def test_a_reply_to_a_deleted_message_lands_in_the_channel_itself() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        ts = slack.people.say(ALICE, GENERAL, "never mind")
        slack.people.delete(GENERAL, ts)
        reply = await client_of(slack).chat_postMessage(channel=GENERAL, thread_ts=ts, text="x")

    assert "thread_ts" not in reply["message"]


async def test_deleting_a_message_with_replies_leaves_a_tombstone() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        ts = slack.people.say(ALICE, GENERAL, "a question")
        await client_of(slack).chat_postMessage(channel=GENERAL, thread_ts=ts, text="an answer")
        slack.people.delete(GENERAL, ts)

        assert slack.workspace.message(GENERAL, ts)["subtype"] == "tombstone"


@pytest.mark.parametrize("fault", [Fault(429, "ratelimited", 1), Fault(500, times=1)])
async def test_a_failing_call_works_when_it_is_tried_again(fault: Fault) -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        slack.faults.plan("chat.postMessage", fault)
        await client_of(slack).chat_postMessage(channel=GENERAL, text="x")

        errors = [call.answer.get("error") for call in slack.api.called("chat.postMessage")]
        assert errors == [fault.error, None]
        assert len(slack.workspace.posted(GENERAL)) == 1


async def test_a_fault_that_comes_too_late_has_done_its_work() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        slack.faults.plan("chat.postMessage", Fault(400, "fatal_error", too_late=True))
        assert await refusal(client_of(slack).chat_postMessage(channel=GENERAL, text="x"))

        assert len(slack.workspace.posted(GENERAL)) == 1


async def test_a_trigger_opens_one_modal_within_three_seconds() -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client, trigger = client_of(slack), slack.workspace.trigger()
        await client.views_open(trigger_id=trigger, view=view)
        again = client.views_open(trigger_id=trigger, view=view)
        assert await refusal(again) == "invalid_trigger_id"
        late = slack.workspace.trigger()
        slack.workspace.clock.advance(3.1)
        expired = client.views_open(trigger_id=late, view=view)
        assert await refusal(expired) == "expired_trigger_id"


async def test_metadata_is_read_only_by_those_who_ask_for_it() -> None:
    registration = replace(REGISTRATION, scopes=REGISTRATION.scopes | {"channels:history"})
    metadata = {"event_type": "e", "event_payload": {"a": 1}}
    async with SlackEmulator(registration, "socket") as slack:
        client = client_of(slack)
        await client.chat_postMessage(channel=GENERAL, text="x", metadata=metadata)
        bare = await client.conversations_history(channel=GENERAL)
        full = await client.conversations_history(channel=GENERAL, include_all_metadata=True)

    assert "metadata" not in bare["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_a_stream_is_put_together_and_ends() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client, direct = client_of(slack), slack.workspace.direct(ALICE).id
        root = slack.people.say(ALICE, direct, "go on")
        begun = await client.chat_startStream(channel=direct, thread_ts=root, markdown_text="a")
        await client.chat_appendStream(channel=direct, ts=str(begun["ts"]), markdown_text="b")
        ended = await client.chat_stopStream(channel=direct, ts=str(begun["ts"]))
        assert ended["message"]["text"] == "ab"
        more = client.chat_appendStream(channel=direct, ts=str(begun["ts"]), markdown_text="c")
        assert await refusal(more) == "message_not_in_streaming_state"


async def test_a_status_is_set_and_taken_away() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        client = client_of(slack)
        ts, set_status = slack.people.say(ALICE, GENERAL, "x"), client.assistant_threads_setStatus
        await set_status(channel_id=GENERAL, thread_ts=ts, status="reads")
        assert list(slack.workspace.statuses.values()) == ["reads"]
        await set_status(channel_id=GENERAL, thread_ts=ts, status="")
        assert not slack.workspace.statuses
