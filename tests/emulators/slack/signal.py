"""Waiting for something to become true, without ever sleeping for a fixed time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 20.0  # test machines are shared and slow; a passing test never waits this long


class Signal:
    """Wakes everyone who waits for a condition whenever something changed."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def notify(self) -> None:
        """Lets every waiter look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for(
        self, condition: Callable[[], bool], what: str, *, within_s: float = PATIENCE_S
    ) -> None:
        """Returns once `condition` holds.

        Raises:
            AssertionError: It did not hold in time; the message says what was waited for.
        """
        try:
            async with asyncio.timeout(within_s):
                while not condition():
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited {within_s:.0f} s for {what}") from None
