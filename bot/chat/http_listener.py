"""Listening by HTTP for those who watch the bot: health and metrics, on this machine alone."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.chat.health import Health

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def listening(health: Health, port: int) -> AsyncIterator[int]:
    """Show health and metrics until the block ends; on which port, 0 where that one is taken."""
    application = web.Application()
    application.add_routes(health.routes())
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        taken = 0
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            taken = int(runner.addresses[0][1])
        except OSError:
            log.warning("PORT %d is taken: no /healthz, /readyz and /metrics", port)
        yield taken
    finally:
        await runner.cleanup()
