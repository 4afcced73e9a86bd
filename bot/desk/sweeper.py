"""Looking after the claims from time to time: leases, old questions, work that nobody does."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.state.claims import LEASE_S
from bot.state.database import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk.policy import Policy
    from bot.state.claims import Claim
    from bot.state.state import State

log = logging.getLogger(__name__)

RENEW_EVERY_S = LEASE_S / 4  # three renewals may fail before the lease runs out
PURGE_EVERY_S = 3_600.0


class Sweeper:
    """Renews leases, deletes old questions, and takes up questions that nobody works on."""

    def __init__(
        self,
        state: State,
        policy: Policy,
        *,
        in_hand: Callable[[], list[Claim]],
        take_over: Callable[[], Awaitable[None]],
    ) -> None:
        """Makes a sweeper that does not run yet.

        Args:
            state: Where the claims are kept.
            policy: How often to sweep, and how long questions are kept.
            in_hand: Returns the claims that this process works on.
            take_over: Takes up questions that nobody works on, as far as there is room.
        """
        self._state = state
        self._policy = policy
        self._in_hand = in_hand
        self._take_over = take_over
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._renewed_at = self._purged_at = -math.inf
        self._failing = False

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
            await self._sweep()
            # asyncio.wait_for may swallow a cancellation before Python 3.12; this does not.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._policy.sweep_s):
                    await self._woken.wait()
            self._woken.clear()

    async def _sweep(self) -> None:
        """Does what is due. Where one duty fails, the others are done all the same."""
        failed = False
        for duty in (self._renew, self._take_over, self._purge):
            try:
                await duty()
            except UNREACHABLE as error:
                failed = True
                self._log_once(error)
                break  # the others would wait for the database as well
            except Exception as error:  # noqa: BLE001  # it is logged
                failed = True
                self._log_once(error)
        if self._failing and not failed:
            log.info("open questions are looked after again")
        self._failing = failed

    def _log_once(self, error: Exception) -> None:
        """Logs the first failure of many: an outage of an hour must not fill the log."""
        if not self._failing:
            log.error("looking after open questions failed; trying again", exc_info=error)

    async def _renew(self) -> None:
        now = time.monotonic()
        if now - self._renewed_at > RENEW_EVERY_S:
            await self._state.renew_leases([claim.id for claim in self._in_hand()])
            self._renewed_at = now

    async def _purge(self) -> None:
        now = time.monotonic()
        if now - self._purged_at > PURGE_EVERY_S:
            await self._state.purge(time.time() - self._policy.retention_s)
            self._purged_at = now
