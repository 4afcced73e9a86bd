"""Supervision: a platform that is served no more is connected anew, whatever the others do."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

from config.errors import ClippingError, RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.chat.connection import Connection
    from bot.chat.health import Health

    Attach = Callable[[], contextlib.AbstractAsyncContextManager[Connection]]

log = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # before each attempt; the last one again and again
REFUSED_PAUSES_S = (60.0, 300.0, 600.0)  # likewise, where somebody has to renew a token first
SERVED_WELL_S = 60.0  # after that, the next end counts as the first


@contextlib.asynccontextmanager
async def supervised(
    name: str, attach: Attach, health: Health, *, pauses_s: tuple[float, ...] = PAUSES_S
) -> AsyncIterator[tuple[Connection, asyncio.Task[None]]]:
    """Keeps a platform connected until the block ends.

    Args:
        name: The platform, as its check in `health` is named.
        attach: Connects the platform for as long as its block lasts.
        health: Says that the platform is down, and why, for as long as it is.
        pauses_s: How long to wait before each new attempt.

    Yields:
        The first connection, and the task that replaces it; the task ends with the block.

    Raises:
        PlatformError: The platform cannot be connected in the first place.
    """
    supervisor = _Supervisor(name, attach, health, pauses_s)
    running = asyncio.create_task(supervisor.run())
    try:
        yield await supervisor.started, running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class _Supervisor:
    """Connects one platform again and again."""

    def __init__(
        self, name: str, attach: Attach, health: Health, pauses_s: tuple[float, ...]
    ) -> None:
        self.started: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()
        self._name = name
        self._attach = attach
        self._health = health
        self._pauses_s = pauses_s
        self._ends = 0
        self._told = ""

    async def run(self) -> None:
        """Connects until cancelled; ends where the first attempt fails."""
        while True:
            began = time.monotonic()
            try:
                await self._serve()
                reason: Exception | None = None
            except Exception as error:  # noqa: BLE001  # whatever it is, the others are served
                reason = error
            if not self.started.done():
                self.started.set_exception(reason or ClippingError(f"{self._name} ended."))
                return
            if time.monotonic() - began > SERVED_WELL_S:
                self._ends = 0
            await asyncio.sleep(self._pause_s(reason))

    async def _serve(self) -> None:
        """Serves the platform until it ends, and raises why."""
        async with self._attach() as connection:
            if not self.started.done():
                self.started.set_result(connection)
            elif self._told:
                log.info("%s is served again", self._name)
            self._told = ""
            await asyncio.wait({connection.ended})
            connection.ended.result()

    def _pause_s(self, reason: Exception | None) -> float:
        """Notes in the log and for /readyz why the platform is down; returns how long to wait."""
        pauses = REFUSED_PAUSES_S if isinstance(reason, RefusedError) else self._pauses_s
        pause = pauses[min(self._ends, len(pauses) - 1)]
        self._ends += 1
        why = str(reason) if isinstance(reason, ClippingError) else type(reason).__name__
        self._health.checks[self._name] = lambda: f"is down: {why}"
        if why != self._told:  # one line for many attempts that end alike
            self._told = why
            unexpected = None if isinstance(reason, ClippingError) else reason
            log.error("%s is down: %s", self._name, why, exc_info=unexpected)
        return pause
