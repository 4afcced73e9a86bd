"""Listening by HTTP: health and metrics on this machine, what a platform delivers on every one."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.chat.health import Health

log = logging.getLogger(__name__)
server_log = log.getChild("server")

THIS_MACHINE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # a platform must reach the bot
UNREAD_BODY_S = 1.0  # how long somebody who was turned away may still send


@dataclass(frozen=True, slots=True)
class Site:
    """Where health and metrics can be read.

    Attributes:
        host: The address to listen on; by default nobody else can reach it.
        port: 0 takes any free port.
    """

    host: str = THIS_MACHINE
    port: int = 0


@contextlib.asynccontextmanager
async def listening(health: Health, site: Site) -> AsyncIterator[int]:
    """Answers /healthz, /readyz and /metrics until the block ends, and yields the port.

    The port is 0 where nothing listens: a taken port is only logged.
    """
    application = web.Application()
    application.add_routes(health.routes())
    async with _served(application) as runner:
        port = 0
        try:
            port = await _listen(runner, site.host, site.port)
        except OSError as error:
            log.warning(
                "HEALTH_HOST %s, HEALTH_PORT %d cannot be listened on (%s): "
                "no /healthz, /readyz and /metrics",
                site.host, site.port, error.strerror,
            )  # fmt: skip
        yield port


@contextlib.asynccontextmanager
async def reachable_at(port: int, platform: web.Application) -> AsyncIterator[int]:
    """Takes what a platform delivers, on every interface, until the block ends; yields the port.

    Raises:
        PlatformError: The port is taken, and the platform would not reach the bot.
    """
    async with _served(platform) as runner:
        try:
            taken = await _listen(runner, EVERYWHERE, port)
        except OSError as error:
            raise PlatformError(
                f"PORT {port} cannot be listened on ({error.strerror}): "
                "stop what uses it, or set PORT to another."
            ) from None
        yield taken


@contextlib.asynccontextmanager
async def _served(application: web.Application) -> AsyncIterator[web.AppRunner]:
    runner = web.AppRunner(
        application, access_log=None, logger=server_log, lingering_time=UNREAD_BODY_S
    )
    await runner.setup()
    try:
        yield runner
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> int:
    await web.TCPSite(runner, host, port).start()
    return int(runner.addresses[0][1])


class _MalformedInOneLine(logging.Filter):
    """Takes the traceback from the record of a request that is not HTTP: anybody may send it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.exc_info, record.args = None, ()
            record.msg = f"a request that is not HTTP was answered with {error.code}"
        return True


server_log.addFilter(_MalformedInOneLine())
