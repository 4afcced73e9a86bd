"""The Slack bot: connect, receive, answer, stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.page import View, lay_out
from bot.phrases import ENGLISH
from bot.slack.access import Access, Fields, identify, web_client
from bot.slack.blocks import ROOM, Payload, message, render
from bot.slack.door import checked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from retrieval.answers import Answerer

log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"
MENTION = re.compile(r"<@[A-Z0-9]+(\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Connection:
    """A running bot; `port` is where HTTP listens, 0 in Socket Mode."""

    port: int


class Bot:
    """Answers each message once."""

    def __init__(self, client: AsyncWebClient, answerer: Answerer) -> None:
        self._client = client
        self._answerer = answerer
        self._seen: set[tuple[str, str]] = set()

    async def mentioned(self, event: Fields) -> None:
        """Answer in the thread of a message that names us."""
        await self._answer_message(event, event.get("thread_ts") or event["ts"])

    async def messaged(self, event: Fields) -> None:
        """Answer a direct message of a person; not bots, not edits, not channels."""
        if event.get("channel_type") == "im" and not event.get("subtype"):
            await self._answer_message(event, event.get("thread_ts"))

    async def asked(self, ack: AsyncAck, command: Fields) -> None:
        """Answer `/ask` to the asker alone."""
        await ack()
        sent = checked(await self._payload(command["text"]))
        await self._client.chat_postEphemeral(
            channel=command["channel_id"], user=command["user_id"], **sent
        )

    async def _answer_message(self, event: Fields, thread: str | None) -> None:
        key = (event["channel"], event["ts"])
        if event.get("bot_id") or key in self._seen:
            return
        self._seen.add(key)
        sent = checked(await self._payload(MENTION.sub("", event.get("text", "")).strip()))
        await self._client.chat_postMessage(
            channel=event["channel"], thread_ts=thread,
            unfurl_links=False, unfurl_media=False, link_names=False, mrkdwn=False, **sent,
        )  # fmt: skip

    async def _payload(self, question: str) -> Payload:
        if not question:
            return message(ENGLISH.help)
        answer = await asyncio.to_thread(self._answerer, question)
        page = lay_out(answer, View(), ENGLISH, room=ROOM, widen=lambda quote: quote)
        return render(page, ENGLISH)


@contextlib.asynccontextmanager
async def connected(access: Access, answerer: Answerer) -> AsyncIterator[Connection]:
    """A bot that answers in Slack until the block ends.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
    """
    async with aiohttp.ClientSession() as session:
        client = web_client(access, session)
        await identify(access, client)
        app = AsyncApp(client=client, signing_secret=access.signing_secret or "unused")
        bot = Bot(client, answerer)
        app.event("app_mention")(bot.mentioned)
        app.event("message")(bot.messaged)
        app.command("/ask")(bot.asked)
        way = _socket(app, access) if access.mode == "socket" else _http(app, access)
        async with way as connection:
            yield connection


async def serve(
    access: Access, answerer: Answerer, *, started: Callable[[Connection], None] | None = None
) -> None:
    """Answer in Slack until the process is told to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with connected(access, answerer) as connection:
        if started is not None:
            started(connection)
        await stopped.wait()


@contextlib.asynccontextmanager
async def _socket(app: AsyncApp, access: Access) -> AsyncIterator[Connection]:
    """Socket Mode: we call Slack, no public address is needed."""
    handler = AsyncSocketModeHandler(app, access.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped
    try:
        yield Connection(0)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped


@contextlib.asynccontextmanager
async def _http(app: AsyncApp, access: Access) -> AsyncIterator[Connection]:
    """HTTP mode: Slack calls us, and signs what it sends."""
    runner = web.AppRunner(app.web_app(path=EVENTS_PATH), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "0.0.0.0", access.port)  # noqa: S104  # Slack must reach it
        await site.start()
        yield Connection(runner.addresses[0][1])
    finally:
        await runner.cleanup()
