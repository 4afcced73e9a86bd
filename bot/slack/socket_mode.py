"""Socket Mode: Slack's events reach us by a socket that we open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.slack.connecting import SocketAddresses
from bot.slack.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_bolt.async_app import AsyncApp

    from bot.desk.desk import Desk
    from bot.slack.access import Access
    from bot.slack.token_watch import TokenWatch

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def socket(
    app: AsyncApp, access: Access, desk: Desk, watch: TokenWatch
) -> AsyncIterator[Watchdog]:
    """Keeps a socket to Slack open until the block ends; no public address is needed."""
    handler = AsyncSocketModeHandler(app, access.app_token, ping_interval=access.ping_every_s)
    addresses = SocketAddresses(handler.client, watch)
    watchdog = Watchdog(handler.client, addresses, desk.metrics, ping_every_s=access.ping_every_s)
    watching: asyncio.Task[None] | None = None
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped
        watching = asyncio.create_task(watchdog.watch())
        log.info("Slack is connected, in Socket Mode")
        yield watchdog
    finally:
        if watching is not None:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's is untyped
