"""The questions in work: so many at once, and the others wait in the state."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.desk.metrics import Metrics
    from bot.state.ask import Key
    from bot.state.claims import Claim


class WorkQueue:
    """The questions in work, a task each, and how many more wait in the state."""

    def __init__(self, limit: int, metrics: Metrics, *, on_room: Callable[[], None]) -> None:
        """Makes an empty queue.

        Args:
            limit: How many questions may be in work at once.
            metrics: Where the number of questions in work is shown.
            on_room: Called when a question ends while others wait in the state.
        """
        self._limit = limit
        self._metrics = metrics
        self._on_room = on_room
        self._tasks: dict[asyncio.Task[None], Claim] = {}
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, key: Key) -> bool:
        return any(claim.ask.key == key for claim in self._tasks.values())

    @property
    def room(self) -> int:
        """How many more questions may begin now; below 0 when more are in work than may be."""
        return self._limit - len(self._tasks)

    def begin(self, claim: Claim, work: Coroutine[None, None, None]) -> None:
        """Begins the work on a question."""
        task = asyncio.create_task(work)
        self._tasks[task] = claim
        self._metrics.queued.set(len(self._tasks))
        task.add_done_callback(self._ended)

    def wait_in_line(self) -> int:
        """Counts one more question that waits in the state; returns its number in the line."""
        self._waiting += 1
        return self._limit + self._waiting

    def leave_line(self, count: int) -> None:
        """Counts questions that were taken from the state; none taken means that none wait."""
        self._waiting = max(0, self._waiting - count) if count else 0

    def of_platform(self, platform: str) -> dict[asyncio.Task[None], Claim]:
        """Returns the questions of a platform that are in work."""
        return {
            task: claim for task, claim in self._tasks.items() if claim.ask.key.platform == platform
        }

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        self._metrics.queued.set(len(self._tasks))
        if self._waiting:
            self._on_room()
