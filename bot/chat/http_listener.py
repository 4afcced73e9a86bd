"""Listening by HTTP: health and metrics, and what a platform delivers by HTTP."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.chat.health import Health

log = logging.getLogger(__name__)

THIS_MACHINE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # a platform must reach the bot


@contextlib.asynccontextmanager
async def listening(
    health: Health, port: int, *, platform: web.Application | None = None
) -> AsyncIterator[int]:
    """Listens until the block ends, and yields the port; 0 where there is none.

    Args:
        health: Answers /healthz, /readyz and /metrics.
        port: Where to listen; 0 takes any free port.
        platform: What a platform delivers to, on every interface; None to listen for health
            alone, on this machine. A taken port is then only logged.

    Raises:
        PlatformError: The port is taken, and the platform would not reach the bot.
    """
    application = web.Application() if platform is None else platform
    application.add_routes(health.routes())
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    host = THIS_MACHINE if platform is None else EVERYWHERE
    try:
        taken = 0
        try:
            await web.TCPSite(runner, host, port).start()
            taken = int(runner.addresses[0][1])
        except OSError as error:
            if platform is not None:
                raise PlatformError(
                    f"PORT {port} cannot be listened on ({error.strerror}): "
                    "stop what uses it, or set PORT to another."
                ) from None
            log.warning("PORT %d is taken: no /healthz, /readyz and /metrics", port)
        yield taken
    finally:
        await runner.cleanup()
