"""The pace of the answers: measured, to know how many questions can be answered in time."""

from __future__ import annotations

import sys

NEWEST_SHARE = 0.1  # of the last answer in the mean; the mean follows some tens of answers
WAIT_SHARE = 0.5  # of the deadline that a question may wait for a thread, as far as is foreseen
THREAD_BY_SHARE = 0.8  # of the deadline after which a question without a thread waits no longer


class Pace:
    """How long answers took lately, and what follows from that for the next questions."""

    def __init__(self, threads: int, deadline_s: float) -> None:
        """Begins without a measurement.

        Args:
            threads: How many answers are found at once.
            deadline_s: How long after its arrival a question must have an answer, in seconds.
        """
        self.deadline_s = deadline_s
        self._threads = threads
        self._answer_s = 0.0

    def took(self, seconds: float) -> None:
        """Notes how long a thread was busy with an answer."""
        share = NEWEST_SHARE if self._answer_s else 1.0
        self._answer_s += share * (seconds - self._answer_s)

    def wait_s(self, ahead: int) -> float:
        """Returns how many seconds pass before a thread is free, with so many questions ahead."""
        return max(0, ahead + 1 - self._threads) * self._answer_s / self._threads

    @property
    def in_time(self) -> int:
        """How many questions may be looked for at once so that the last one is answered in time."""
        if not self._answer_s:
            return sys.maxsize
        return self._threads + int(WAIT_SHARE * self.deadline_s * self._threads / self._answer_s)

    def thread_by_s(self, until_s: float) -> float:
        """Returns when a question must have a thread that must be answered until then."""
        return until_s - (1 - THREAD_BY_SHARE) * self.deadline_s
