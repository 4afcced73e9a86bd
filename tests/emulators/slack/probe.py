"""A small app on the unmodified Bolt, to try the emulator with before there is anything else."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack.registration import Registration

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json

REGISTRATION = Registration(
    scopes=frozenset({"app_mentions:read", "chat:write", "commands", "im:history", "users:read"}),
    events=frozenset({"app_mention", "message.im", "app_home_opened", "function_executed"}),
    commands=frozenset({"/ask"}),
    shortcuts=frozenset({"find"}),
)
BUTTON = {"type": "button", "action_id": "more", "value": "7",
          "text": {"type": "plain_text", "text": "More"}}  # fmt: skip
FORM = {
    "type": "modal", "callback_id": "form", "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [{"type": "input", "block_id": "b", "label": {"type": "plain_text", "text": "Word"},
                "element": {"type": "plain_text_input", "action_id": "a"}}],
}  # fmt: skip


class Probe:
    """Replies to mentions, answers /ask, opens a form when its button is clicked."""

    def __init__(self, slack: SlackEmulator) -> None:
        self.client = AsyncWebClient(
            token=slack.registration.bot_token,
            base_url=slack.api_url,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        self.app = AsyncApp(client=self.client, signing_secret=slack.registration.signing_secret)
        self.heard: list[Json] = []
        self.app.event("app_mention")(self.mention)
        self.app.event("message")(self.hear)
        self.app.event("app_home_opened")(self.home)
        self.app.command("/ask")(self.ask)
        self.app.action("more")(self.more)
        self.app.view("form")(self.form)
        self.app.shortcut("find")(self.find)

    async def mention(self, event: dict[str, Any]) -> None:
        await self.client.chat_postMessage(
            channel=event["channel"], thread_ts=event["ts"], text=f"heard {event['text']}",
            blocks=[{"type": "actions", "elements": [BUTTON]}],
        )  # fmt: skip

    async def hear(self, event: dict[str, Any]) -> None:
        self.heard.append(event)

    async def home(self, event: dict[str, Any]) -> None:
        view = {"type": "home", "blocks": [{"type": "divider"}]}
        await self.client.views_publish(user_id=event["user"], view=view)

    async def ask(self, ack: AsyncAck, respond: AsyncRespond, command: dict[str, Any]) -> None:
        await ack()
        await respond(text=f"asked {command['text']}")

    async def more(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        self.heard.append(body)
        await self.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def form(self, ack: AsyncAck, view: dict[str, Any]) -> None:
        await ack()
        self.heard.append(view["state"]["values"])

    async def find(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        await respond(text=f"found {body['message']['text']}")


@asynccontextmanager
async def probe_over_socket(slack: SlackEmulator) -> AsyncIterator[Probe]:
    """The probe, connected in Socket Mode."""
    probe = Probe(slack)
    handler = AsyncSocketModeHandler(probe.app, slack.registration.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped
    await slack.sockets.ready()
    try:
        yield probe
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped


@asynccontextmanager
async def probe_over_http(slack: SlackEmulator) -> AsyncIterator[Probe]:
    """The probe, behind a request URL."""
    probe = Probe(slack)
    runner = web.AppRunner(probe.app.web_app(path="/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.http.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield probe
    finally:
        await runner.cleanup()
