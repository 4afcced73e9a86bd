"""What the desk does beside answering: notices to an asker, and replies taken back."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from bot.state.claims import Claim

log = logging.getLogger(__name__)


class SideTasks:
    """The side tasks that are running."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[None], Claim | None] = {}

    def __len__(self) -> int:
        return len(self._running)

    def __iter__(self) -> Iterator[asyncio.Task[None]]:
        return iter(self._running)

    @property
    def claims(self) -> list[Claim]:
        """The claims that side tasks bring to an end."""
        return [claim for claim in self._running.values() if claim is not None]

    def run(self, work: Coroutine[None, None, None], *, ends: Claim | None = None) -> None:
        """Runs a side task. Logs a failure; the question itself is not affected.

        `ends` is the claim that the task brings to an end, so that nobody takes it meanwhile.
        """
        task = asyncio.create_task(work)
        self._running[task] = ends
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if not task.cancelled() and (error := task.exception()):
            log.error("a notice or a removal failed", exc_info=error)
