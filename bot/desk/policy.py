"""How patient the desk is: how long it waits, how much it takes on, how long it keeps things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things may take, in seconds, and how many there may be.

    Attributes:
        busy_after_s: How long a question is in work before its busy indicator is shown.
        busy_indicators: How many busy indicators may be shown at once.
        queue_limit: How many questions may be in work at once, however quickly they are answered.
            Fewer may where that many would not be answered in time. More wait in the state, and
            their askers are told.
        max_wait_s: How long a question may wait in the state, as far as can be foreseen; who would
            wait longer is asked to come back.
        retry_s: How long to wait before posting a reply is tried again, times the attempts so far.
        max_attempts: How often a question is worked on before its asker is told that it failed.
        sweep_s: How often to look for questions that nobody works on.
        grace_s: How long questions in work may take when the process is told to stop.
        retention_s: How long questions are kept.
        remove_deleted: Whether the reply is removed when its question is deleted.
    """

    busy_after_s: float = 0.5
    busy_indicators: int = 20
    queue_limit: int = 1_000
    max_wait_s: float = 60.0
    retry_s: float = 10.0
    max_attempts: int = 5
    sweep_s: float = 2.0
    grace_s: float = 8.0
    retention_s: float = 30 * 24 * 3600.0
    remove_deleted: bool = True
