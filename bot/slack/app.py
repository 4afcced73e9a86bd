"""The Slack bot: it connects, serves and stops."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

import aiohttp

from bot.chat.buttons import Buttons
from bot.chat.connection import Connection
from bot.chat.http_listener import reachable_at
from bot.chat.inbox import Inbox
from bot.slack.accounts import open_accounts
from bot.slack.admin_commands import AdminCommands
from bot.slack.button_handlers import ButtonHandlers
from bot.slack.deliveries import deliveries
from bot.slack.failures import Failures
from bot.slack.home import Home
from bot.slack.incoming import PLATFORM
from bot.slack.install_limit import InstallLimit
from bot.slack.message_handlers import MessageHandlers
from bot.slack.socket_mode import socket
from bot.slack.surface import SlackSurface
from bot.slack.token_watch import TokenWatch, attached_while_let_in
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
) -> AsyncIterator[Connection]:
    """Serves Slack from a desk that may serve other platforms too, until the block ends.

    Raises:
        PlatformError: A token is missing, of the wrong kind or refused, or Slack is out of reach.
    """
    async with aiohttp.ClientSession() as session:
        watch = TokenWatch()
        accounts = await open_accounts(access, session, desk.state, watch)
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
        async with attached_while_let_in(
            PLATFORM, desk, surface, watch, accounts.only_client
        ) as minding:
            if access.mode == "http":
                health.checks[PLATFORM] = watch.problem
                served = deliveries(app, access.signing_secret, EVENTS_PATH)
                served.middlewares.append(InstallLimit().middleware)
                async with reachable_at(access.port, served) as port:
                    log.info("Slack can reach the bot by HTTP, on port %d", port)
                    yield Connection(minding, port)
            else:
                async with socket(app, access, desk, watch) as watchdog:
                    health.checks[PLATFORM] = lambda: watch.problem() or watchdog.problem()
                    yield Connection(minding)


def _register(
    app: AsyncApp, desk: Desk, surface: SlackSurface, options: Options, forget_tokens: Forget
) -> None:
    """Lets the app hear everything that the manifest declares."""
    inbox = Inbox(desk)
    MessageHandlers(inbox, options.policy.retention_s).register(app)
    ButtonHandlers(desk, Buttons(desk, surface)).register(app)
    private = options.gaps_show_private
    AdminCommands(desk, surface, options.facts, gaps_show_private=private).register(app)
    Home(desk, options.facts).register(app)
    UninstallHandler(inbox, forget_tokens).register(app)
    Failures(surface, desk.state).register(app)
