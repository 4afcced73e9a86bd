"""The busy indicator: shows that a question is in work when the work takes long."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.desk.surface import Surface
    from bot.state.ask import Ask

log = logging.getLogger(__name__)


class BusyIndicators:
    """Makes the busy indicators, and keeps their number below what the platforms take."""

    def __init__(self, *, after_s: float, limit: int) -> None:
        """Makes none yet.

        Args:
            after_s: How many seconds of work pass before an indicator is shown.
            limit: How many indicators may be shown at once.
        """
        self.after_s = after_s
        self._left = limit

    def take(self) -> bool:
        """Tells whether one more indicator may be shown, and counts it if so."""
        free = self._left > 0
        self._left -= free
        return free

    def give_back(self) -> None:
        """Counts one indicator less."""
        self._left += 1

    @contextlib.asynccontextmanager
    async def for_question(
        self, surface: Surface, ask: Ask, *, shown: bool
    ) -> AsyncIterator[BusyIndicator]:
        """Yields an indicator that is removed when the block ends.

        Args:
            surface: Where the question was asked.
            ask: The question.
            shown: Whether an earlier process may have shown an indicator and left it.
        """
        indicator = BusyIndicator(surface, ask, self)
        try:
            yield indicator
        finally:
            await indicator.remove(anyway=shown)


class BusyIndicator:
    """The busy indicator of one question."""

    def __init__(self, surface: Surface, ask: Ask, indicators: BusyIndicators) -> None:
        self._surface = surface
        self._ask = ask
        self._indicators = indicators
        self._shown = False
        self._timer: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Starts the timer after which the indicator is shown."""
        if self._timer is None:
            self._timer = asyncio.create_task(self._show())

    def answered(self) -> None:
        """Stops the timer: an indicator not shown by now is of no use any more."""
        if self._timer is not None and not self._shown:
            self._timer.cancel()
            self._timer = None

    async def remove(self, *, anyway: bool) -> None:
        """Removes the indicator if it was shown; with `anyway`, even if it was not."""
        self.answered()
        if self._timer is not None:
            await self._timer  # the removal must come second
            self._indicators.give_back()
        if self._shown or anyway:
            await _set(self._surface, self._ask, on=False)

    async def _show(self) -> None:
        await asyncio.sleep(self._indicators.after_s)
        self._shown = self._indicators.take()
        if self._shown:
            await _set(self._surface, self._ask, on=True)


async def _set(surface: Surface, ask: Ask, *, on: bool) -> None:
    """Shows or removes the indicator of a question; a failure must not lose the answer."""
    try:
        await surface.working(ask, on=on)
    except Exception:  # noqa: BLE001  # the indicator is a courtesy
        log.warning("the busy indicator could not be %s", "shown" if on else "removed")
