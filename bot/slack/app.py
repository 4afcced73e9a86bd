"""The Slack bot: it connects, serves and stops."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

import aiohttp

from bot.chat.buttons import Buttons
from bot.chat.http_listener import listening
from bot.chat.inbox import Inbox
from bot.slack.accounts import open_accounts
from bot.slack.admin_commands import AdminCommands
from bot.slack.button_handlers import ButtonHandlers
from bot.slack.home import Home
from bot.slack.incoming import PLATFORM
from bot.slack.message_handlers import MessageHandlers
from bot.slack.socket_mode import socket
from bot.slack.surface import SlackSurface
from bot.slack.uninstall import UninstallHandler

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp

    from bot.chat.health import Health
    from bot.desk.desk import Desk
    from bot.desk.service import Options
    from bot.slack.access import Access
    from bot.slack.uninstall import Forget

log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"


@contextlib.asynccontextmanager
async def attached(
    access: Access, desk: Desk, *, options: Options, health: Health
) -> AsyncIterator[int]:
    """Serves Slack from a desk that may serve other platforms too, until the block ends.

    Yields:
        The port where it listens by HTTP, for Slack or for its health alone; 0 for none.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
    """
    async with aiohttp.ClientSession() as session:
        accounts = await open_accounts(access, session, desk.state)
        surface = SlackSurface(
            accounts.client_for,
            session,
            desk.metrics,
            widen=options.widen,
            phrases_of=desk.state.phrases,
            api_url=access.api_url,
        )
        app = accounts.app
        _register(app, desk, surface, options, accounts.forget)
        desk.attach(PLATFORM, surface)
        try:
            if access.mode == "http":
                deliveries = app.web_app(path=EVENTS_PATH)
                async with listening(health, access.port, platform=deliveries) as port:
                    log.info("Slack can reach the bot by HTTP, on port %d", port)
                    yield port
            else:
                async with (
                    listening(health, access.port) as port,
                    socket(app, access, desk, health),
                ):
                    yield port
        finally:
            await desk.detach(PLATFORM)


def _register(
    app: AsyncApp, desk: Desk, surface: SlackSurface, options: Options, forget_tokens: Forget
) -> None:
    """Lets the app hear everything that the manifest declares."""
    inbox = Inbox(desk)
    MessageHandlers(inbox).register(app)
    ButtonHandlers(desk, Buttons(desk, surface)).register(app)
    private = options.gaps_show_private
    AdminCommands(desk, surface, options.facts, gaps_show_private=private).register(app)
    Home(desk, options.facts).register(app)
    UninstallHandler(inbox, forget_tokens).register(app)
