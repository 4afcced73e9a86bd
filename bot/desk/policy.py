"""How patient the desk is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """How long things may take, in seconds, and how many may wait.

    Attributes:
        working_after_s: When to show that a question is being worked on.
        signs: How many such signs may stand at once.
        queue: Questions in work at once; more wait in the store, and their askers are told.
        retry_s: Before a reply that could not be posted is tried again; grows with each attempt.
        attempts: How often a question is worked on before its asker is told that it failed.
        sweep_s: How often to look for questions that nobody works on.
        grace_s: What is left for questions in work when the process is told to stop.
        retention_s: How long questions are kept.
        remove_deleted: Whether the reply goes when its question is deleted.
    """

    working_after_s: float = 0.5
    signs: int = 20
    queue: int = 1_000
    retry_s: float = 10.0
    attempts: int = 5
    sweep_s: float = 2.0
    grace_s: float = 8.0
    retention_s: float = 30 * 24 * 3600.0
    remove_deleted: bool = True
