"""The Slack bot: connect, serve, stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.chat.health import Health
from bot.desk.service import Options, open_desk
from bot.slack.accounts import open_accounts
from bot.slack.admin_commands import AdminCommands
from bot.slack.button_handlers import ButtonHandlers
from bot.slack.connection import Connection, listening, socket
from bot.slack.home import Home
from bot.slack.incoming import PLATFORM
from bot.slack.message_handlers import MessageHandlers
from bot.slack.surface import SlackSurface
from bot.slack.uninstall import UninstallHandler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from slack_bolt.async_app import AsyncApp

    from bot.desk.desk import Desk
    from bot.slack.access import Access
    from bot.slack.uninstall import Forget
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
async def attached(
    access: Access, desk: Desk, *, options: Options, health: Health | None = None
) -> AsyncIterator[Connection]:
    """Slack at a desk that may serve other platforms too, until the block ends.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
    """
    async with aiohttp.ClientSession() as session:
        accounts = await open_accounts(access, session, desk.state)
        surface = SlackSurface(accounts.client_for, session, desk.metrics, widen=options.widen)
        app = accounts.app
        _register(app, desk, surface, options, accounts.forget)
        health = health or Health(desk)
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
    MessageHandlers(desk).register(app)
    ButtonHandlers(desk, surface).register(app)
    AdminCommands(desk, surface, options.facts).register(app)
    Home(desk, options.facts).register(app)
    UninstallHandler(desk, forget_tokens).register(app)
