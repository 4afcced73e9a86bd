"""How Slack's events reach us: a socket that we open, or HTTP requests that Slack signs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.slack.incoming import PLATFORM
from bot.slack.watchdog import PING_EVERY_S, Watchdog
from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp

    from bot.chat.health import Health
    from bot.desk.desk import Desk
    from bot.slack.access import Access

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connection:
    """A running bot; `port` is where it listens by HTTP, for Slack or for its health alone."""

    port: int


@contextlib.asynccontextmanager
async def socket(app: AsyncApp, access: Access, desk: Desk, health: Health) -> AsyncIterator[None]:
    """Socket Mode: we call Slack, no public address is needed."""
    handler = AsyncSocketModeHandler(app, access.app_token, ping_interval=PING_EVERY_S)
    watchdog = Watchdog(handler.client, desk.metrics)
    health.checks[PLATFORM] = watchdog.problem
    watching: asyncio.Task[None] | None = None
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped
        watching = asyncio.create_task(watchdog.watch())
        log.info("Slack is connected, in Socket Mode")
        yield
    finally:
        if watching is not None:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped


@contextlib.asynccontextmanager
async def listening(
    application: web.Application, access: Access, health: Health
) -> AsyncIterator[Connection]:
    """Listen by HTTP: on every interface for Slack, on this machine alone for health.

    Raises:
        PlatformError: The port is taken, and Slack would not reach us.
    """
    application.add_routes(health.routes())
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    host = "0.0.0.0" if access.mode == "http" else "127.0.0.1"  # noqa: S104  # Slack must reach it
    try:
        port = 0
        try:
            await web.TCPSite(runner, host, access.port).start()
            port = int(runner.addresses[0][1])
        except OSError as error:
            if access.mode == "http":
                raise PlatformError(
                    f"PORT {access.port} cannot be listened on ({error.strerror}): "
                    "stop what uses it, or set PORT to another."
                ) from None
            log.warning("PORT %d is taken: no /healthz, /readyz and /metrics", access.port)
        if port and access.mode == "http":
            log.info("Slack can reach the bot by HTTP, on port %d", port)
        yield Connection(port)
    finally:
        await runner.cleanup()
