"""The Slack bot: connect, serve, stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.health import Health
from bot.service import Options, open_desk
from bot.slack.access import Access, identify, web_client
from bot.slack.clicks import Clicks
from bot.slack.connecting import Connection, listening, socket
from bot.slack.home import Home
from bot.slack.incoming import PLATFORM
from bot.slack.leaving import Leaving
from bot.slack.listening import Listening
from bot.slack.steering import Steering
from bot.slack.surface import SlackSurface

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk import Desk
    from bot.slack.leaving import Forget
    from retrieval.answers import Answerer

log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"


async def serve(
    access: Access,
    answerer: Answerer,
    *,
    options: Options | None = None,
    started: Callable[[Connection], None] | None = None,
) -> None:
    """Answer in Slack until the process is told to stop; then finish what was begun.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
        SettingsError: The database cannot be used.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with connected(access, answerer, options=options) as connection:
        if started is not None:
            started(connection)
        await stopped.wait()


@contextlib.asynccontextmanager
async def connected(
    access: Access, answerer: Answerer, *, options: Options | None = None
) -> AsyncIterator[Connection]:
    """A bot of its own that answers in Slack until the block ends.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
        SettingsError: The database cannot be used.
    """
    chosen = options or Options()
    async with (
        open_desk(answerer, chosen) as desk,
        attached(access, desk, options=chosen) as connection,
    ):
        yield connection


@contextlib.asynccontextmanager
async def attached(access: Access, desk: Desk, *, options: Options) -> AsyncIterator[Connection]:
    """Slack at a desk that may serve other platforms too, until the block ends.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
    """
    async with aiohttp.ClientSession() as session:
        client = web_client(access, session, token=access.bot_token)
        me = await identify(access, client)

        async def authorize(**_request: object) -> AuthorizeResult:
            """Bolt would ask Slack again, and for each of the first questions at once."""
            return AuthorizeResult(
                enterprise_id=None,
                team_id=me.workspace,
                bot_token=access.bot_token,
                bot_id=me.bot,
                bot_user_id=me.user,
            )

        async def client_for(_workspace: str) -> AsyncWebClient:
            return client

        async def forget_tokens(_workspace: str) -> None:
            """The only token is in the settings, where its owner deletes it."""

        surface = SlackSurface(client_for, session, desk.metrics, widen=options.widen)
        # Bolt wants a secret even where nothing is signed: Socket Mode has no requests to check.
        secret = access.signing_secret or "socket mode"
        app = AsyncApp(
            client=web_client(access, session), signing_secret=secret, authorize=authorize
        )
        _register(app, desk, surface, options, forget_tokens)
        health = Health(desk)
        desk.attach(PLATFORM, surface)
        try:
            if access.mode == "http":
                async with listening(app.web_app(path=EVENTS_PATH), access, health) as connection:
                    yield connection
            else:
                async with (
                    listening(web.Application(), access, health) as connection,
                    socket(app, access, desk, health),
                ):
                    yield connection
        finally:
            await desk.detach(PLATFORM)


def _register(
    app: AsyncApp, desk: Desk, surface: SlackSurface, options: Options, forget_tokens: Forget
) -> None:
    """Let the app hear everything that the manifest declares."""
    Listening(desk).register(app)
    Clicks(desk, surface).register(app)
    Steering(desk, surface, options.facts).register(app)
    Home(desk, options.facts).register(app)
    Leaving(desk, forget_tokens).register(app)
