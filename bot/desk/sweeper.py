"""Looking after the claims from time to time: leases, old questions, work that nobody does."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.state.claims import LEASE_S

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk.policy import Policy
    from bot.state.state import State

log = logging.getLogger(__name__)

RENEW_EVERY_S = LEASE_S / 4  # three renewals may fail before the lease runs out
PURGE_EVERY_S = 3_600.0


class Sweeper:
    """Renews leases, deletes old questions, and takes up questions that nobody works on."""

    def __init__(
        self, state: State, policy: Policy, *, take_over: Callable[[], Awaitable[None]]
    ) -> None:
        """Makes a sweeper that does not run yet.

        Args:
            state: Where the claims are kept.
            policy: How often to sweep, and how long questions are kept.
            take_over: Takes up questions that nobody works on, as far as there is room.
        """
        self._state = state
        self._policy = policy
        self._take_over = take_over
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._renewed_at = self._purged_at = -math.inf

    def start(self) -> None:
        """Begins to sweep: at once, and then from time to time."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends the sweeping."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Sweeps now instead of later, because there is room for work or somebody to do it."""
        self._woken.set()

    async def _run(self) -> None:
        while True:
            try:
                await self._sweep(time.monotonic())
            except Exception:
                log.exception("looking after open questions failed; trying again")
            # asyncio.wait_for may swallow a cancellation before Python 3.12; this does not.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._policy.sweep_s):
                    await self._woken.wait()
            self._woken.clear()

    async def _sweep(self, now: float) -> None:
        if now - self._renewed_at > RENEW_EVERY_S:
            await self._state.renew_leases()
            self._renewed_at = now
        if now - self._purged_at > PURGE_EVERY_S:
            await self._state.purge(time.time() - self._policy.retention_s)
            self._purged_at = now
        await self._take_over()
