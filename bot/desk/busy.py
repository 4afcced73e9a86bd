"""The sign that a question is being worked on: shown when it takes long, and always taken away."""

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
    """All signs that stand; beyond a number there are no more, as platforms count them too."""

    def __init__(self, *, after_s: float, limit: int) -> None:
        self.after_s = after_s
        self._left = limit

    def take(self) -> bool:
        """Whether one more may be shown; it is counted then."""
        free = self._left > 0
        self._left -= free
        return free

    def give_back(self) -> None:
        """One less stands."""
        self._left += 1

    @contextlib.asynccontextmanager
    async def over(
        self, surface: Surface, ask: Ask, *, shown: bool
    ) -> AsyncIterator[BusyIndicator]:
        """A sign that is gone when the block ends, also one `shown` by an earlier process."""
        sign = BusyIndicator(surface, ask, self)
        try:
            yield sign
        finally:
            await sign.take_away(anyway=shown)


class BusyIndicator:
    """The sign for one question."""

    def __init__(self, surface: Surface, ask: Ask, signs: BusyIndicators) -> None:
        self._surface = surface
        self._ask = ask
        self._signs = signs
        self._shown = False
        self._timer: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """From now on, it is shown after a while."""
        if self._timer is None:
            self._timer = asyncio.create_task(self._show())

    def answered(self) -> None:
        """The answer is there: what was not shown by now need not be shown any more."""
        if self._timer is not None and not self._shown:
            self._timer.cancel()
            self._timer = None

    async def take_away(self, *, anyway: bool) -> None:
        """Remove it if it was shown, or if an earlier process may have left it standing."""
        self.answered()
        if self._timer is not None:
            await self._timer  # taking it away must come second
            self._signs.give_back()
        if self._shown or anyway:
            await _set(self._surface, self._ask, on=False)

    async def _show(self) -> None:
        await asyncio.sleep(self._signs.after_s)
        self._shown = self._signs.take()
        if self._shown:
            await _set(self._surface, self._ask, on=True)


async def _set(surface: Surface, ask: Ask, *, on: bool) -> None:
    """Show it or take it away; a failure is no reason to lose the answer."""
    try:
        await surface.working(ask, on=on)
    except Exception:  # noqa: BLE001  # the sign is a courtesy
        log.warning("the sign of work could not be %s", "shown" if on else "taken away")
