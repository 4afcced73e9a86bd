from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.emulators.slack.delivery import UndeliveredError
from tests.emulators.slack.payloads import event_callback
from tests.emulators.slack.probe import REGISTRATION, probe_over_http, probe_over_socket
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, BOT_USER, GENERAL, Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.emulators.slack.probe import Probe

WAYS = {"socket": probe_over_socket, "http": probe_over_http}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_mention_comes_back_as_a_reply_in_the_thread(mode: Any) -> None:
    connect: Callable[[SlackEmulator], AbstractAsyncContextManager[Probe]] = WAYS[mode]
    async with SlackEmulator(REGISTRATION, mode) as slack, connect(slack):
        ts = slack.people.say(ALICE, GENERAL, "1 < 2 & so on", mention=True)
        replies = slack.workspace.posted
        await slack.workspace.changes.wait_for(lambda: bool(replies(GENERAL)), "a reply")

        (reply,) = replies(GENERAL)
        assert reply["thread_ts"] == ts
        assert reply["text"] == f"heard <@{BOT_USER}> 1 &lt; 2 &amp; so on"


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_command_is_answered_through_its_response_url(mode: Any) -> None:
    async with SlackEmulator(REGISTRATION, mode) as slack, WAYS[mode](slack):
        delivery = await slack.people.command(ALICE, GENERAL, "/ask", "why")
        private = slack.workspace.ephemerals
        await slack.workspace.changes.wait_for(lambda: bool(private), "an answer")

        assert delivery.acked
        (shown,) = private.values()
        assert (shown["to"], shown["text"]) == (ALICE, "asked why")


class Forgetful:
    """An app that acknowledges nothing the first few times."""

    def __init__(self, failures: int) -> None:
        self._failures = failures
        self.attempts: list[tuple[int, str]] = []

    async def send(self, _kind: str, _payload: Json, attempt: int, reason: str) -> None:
        self.attempts.append((attempt, reason))
        if len(self.attempts) <= self._failures:
            raise UndeliveredError("timeout")

    async def ready(self) -> None:
        """Returns at once."""


async def test_an_event_that_is_not_acknowledged_comes_again_three_times_at_most() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        slack.deliveries.transport = app = Forgetful(failures=9)
        delivery = await slack.deliveries.deliver("events_api", {})

    assert app.attempts == [(0, ""), (1, "timeout"), (2, "timeout"), (3, "timeout")]
    assert slack.deliveries.lost == [delivery]


async def test_a_command_that_is_not_acknowledged_is_not_repeated() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack:
        slack.deliveries.transport = app = Forgetful(failures=9)
        await slack.deliveries.deliver("slash_commands", {})

    assert app.attempts == [(0, "")]


async def test_each_envelope_goes_to_one_of_two_connections() -> None:
    async with (
        SlackEmulator(REGISTRATION, "socket") as slack,
        probe_over_socket(slack) as left,
        probe_over_socket(slack) as right,
    ):
        for number in range(6):
            slack.people.say(ALICE, slack.workspace.direct(ALICE).id, f"number {number}")
        heard = [left.heard, right.heard]
        await slack.workspace.changes.wait_for(lambda: slack.deliveries.idle, "six deliveries")

        assert sorted(len(half) for half in heard) == [3, 3]


@pytest.mark.parametrize("reason", ["refresh_requested", "closed", "cut"])
async def test_the_client_comes_back_after_its_connection_went(reason: str) -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, probe_over_socket(slack):
        (connection,) = slack.sockets.connections
        if reason == "cut":
            connection.cut()
        elif reason == "closed":
            await connection.close(code=1011)
        else:
            await slack.sockets.disconnect(reason)
        again = slack.workspace.changes.wait_for(lambda: slack.sockets.opened == 2, "it to return")
        await again
        slack.people.say(ALICE, GENERAL, "still there?", mention=True)
        posted = slack.workspace.posted
        await slack.workspace.changes.wait_for(lambda: bool(posted(GENERAL)), "a reply")


async def test_a_stale_or_forged_signature_is_refused() -> None:
    async with SlackEmulator(REGISTRATION, "http") as slack, probe_over_http(slack):
        event = event_callback(Workspace(), {"type": "app_mention", "text": "x"})
        forged, _, _ = await slack.http.post("events_api", event, X_Slack_Signature="v0=forged")
        slack.workspace.clock.advance(-301)
        stale, _, _ = await slack.http.post("events_api", event)

    assert (forged, stale) == (401, 401)


async def test_url_verification_gets_its_challenge_back() -> None:
    challenge = {"type": "url_verification", "challenge": "abc"}
    async with SlackEmulator(REGISTRATION, "http") as slack, probe_over_http(slack):
        assert await slack.http.post("events_api", challenge) == (200, {"challenge": "abc"}, True)
