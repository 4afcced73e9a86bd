"""The questions in work: as many as can be answered in time; the others wait in the state."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.desk.metrics import Metrics
    from bot.desk.pace import Pace
    from bot.state.ask import Key
    from bot.state.claims import Claim


class WorkQueue:
    """The questions in work, a task each, and how many more wait in the state."""

    def __init__(
        self, limit: int, metrics: Metrics, *, pace: Pace, on_room: Callable[[], None]
    ) -> None:
        """Makes an empty queue.

        Args:
            limit: How many questions may be in work at once, however quickly they are answered.
            metrics: Where the number of questions in work is shown.
            pace: Knows how many questions can be answered in time.
            on_room: Called when there is room for a question while others wait in the state.
        """
        self._limit = limit
        self._metrics = metrics
        self._pace = pace
        self._on_room = on_room
        self._tasks: dict[asyncio.Task[None], Claim] = {}
        self._unanswered: set[str] = set()
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, key: Key) -> bool:
        return any(claim.ask.key == key for claim in self._tasks.values())

    @property
    def claims(self) -> list[Claim]:
        """The claims in work."""
        return list(self._tasks.values())

    @property
    def room(self) -> int:
        """How many more questions may begin now; below 0 when more are in work than may be."""
        in_time = self._pace.in_time - len(self._unanswered)
        return min(self._limit - len(self._tasks), in_time)

    @property
    def ahead(self) -> int:
        """How many questions will be looked for before one that waits in the state from now on."""
        return len(self._unanswered) + self._waiting

    @property
    def takes_new(self) -> bool:
        """Whether a new question may begin: there is room, and nobody in the line came before."""
        return self.room > self._waiting

    def begin(self, claim: Claim, work: Coroutine[None, None, None]) -> None:
        """Begins the work on a question."""
        task = asyncio.create_task(work)
        self._tasks[task] = claim
        self._unanswered.add(claim.id)
        self._metrics.queued.set(len(self._tasks))
        task.add_done_callback(self._ended)

    def answered(self, claim: Claim) -> None:
        """Notes that nobody looks for the answer to a question in work any more."""
        self._unanswered.discard(claim.id)
        self._announce_room()

    def wait_in_line(self) -> int:
        """Counts one more question that waits in the state; returns its number in the line."""
        self._waiting += 1
        return self.ahead

    def leave_line(self, count: int) -> None:
        """Counts questions that were taken from the state; none taken means that none wait."""
        self._waiting = max(0, self._waiting - count) if count else 0

    def of_platform(self, platform: str) -> dict[asyncio.Task[None], Claim]:
        """Returns the questions of a platform that are in work."""
        return {
            task: claim for task, claim in self._tasks.items() if claim.ask.key.platform == platform
        }

    def _ended(self, task: asyncio.Task[None]) -> None:
        claim = self._tasks.pop(task)
        self._unanswered.discard(claim.id)
        self._metrics.queued.set(len(self._tasks))
        self._announce_room()

    def _announce_room(self) -> None:
        if self._waiting and self.room > 0:
            self._on_room()
