"""The sign that a question is being worked on: shown when it takes long, and always taken away."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.asks import Ask, Surface

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def sign_of_work(
    surface: Surface, ask: Ask, after_s: float, *, shown: bool
) -> AsyncIterator[None]:
    """Show the sign after a while; when the block ends, take it away again.

    It is also taken away when it was `shown` before, by a process that may have left it standing.
    """
    begun = asyncio.Event()

    async def show() -> None:
        await asyncio.sleep(after_s)
        begun.set()
        await _set(surface, ask, on=True)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        if begun.is_set():
            await task  # taking it away must come second
        else:
            task.cancel()
        if begun.is_set() or shown:
            await _set(surface, ask, on=False)


async def _set(surface: Surface, ask: Ask, *, on: bool) -> None:
    """Show it or take it away; a failure is no reason to lose the answer."""
    try:
        await surface.working(ask, on=on)
    except Exception:  # noqa: BLE001  # the sign is a courtesy
        log.warning("the sign of work could not be %s", "shown" if on else "taken away")
