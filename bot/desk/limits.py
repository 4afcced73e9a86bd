"""How many questions a minute one person may ask, and how many one channel."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

WINDOW_S = 60.0
MAX_KEPT = 10_000  # persons and channels, before those without a recent question are dropped


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered.

    Attributes:
        limit: The limit that is exceeded, in questions a minute.
        seconds: How long to wait before asking again.
    """

    limit: int
    seconds: int


class Limits:
    """Counts the questions of the last minute; a limit of 0 allows any number."""

    def __init__(
        self,
        *,
        per_user: int = 0,
        per_channel: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_user = per_user
        self._per_channel = per_channel
        self._clock = clock
        self._times: defaultdict[Hashable, deque[float]] = defaultdict(deque)

    @property
    def remembered(self) -> int:
        """How many persons and channels are remembered."""
        return len(self._times)

    def refuse(self, user: Hashable, channel: Hashable) -> Refusal | None:
        """Counts the question.

        Returns:
            The refusal if a limit is exceeded; the question is then not counted.
        """
        now = self._clock()
        self._sweep(now)
        counted = [
            (self._recent(("user", user), now), self._per_user),
            (self._recent(("channel", channel), now), self._per_channel),
        ]
        for times, limit in counted:
            if limit and len(times) >= limit:
                return Refusal(limit, max(1, round(times[0] + WINDOW_S - now)))
        for times, limit in counted:
            if limit:
                times.append(now)
        return None

    def _recent(self, who: Hashable, now: float) -> deque[float]:
        times = self._times[who]
        while times and times[0] <= now - WINDOW_S:
            times.popleft()
        return times

    def _sweep(self, now: float) -> None:
        """Drops everybody without a recent question once there are many."""
        if len(self._times) > MAX_KEPT:
            for who in list(self._times):
                if not self._recent(who, now):
                    del self._times[who]
