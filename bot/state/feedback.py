"""Feedback: thumbs up and down, and the reasons for a thumb down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import select

from bot.state.database import upsert
from bot.state.tables import claims, feedback

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

Verdict: TypeAlias = Literal["up", "down"]

REASONS = ("wrong_passage", "outdated", "not_found_expected", "missing")


class Feedback:
    """Keeps one verdict for each person and answer."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, claim_id: str, user: str, verdict: Verdict, reason: str = "") -> None:
        """Notes what a person thinks of an answer; the person's last verdict counts.

        Does nothing where the question is no longer kept.
        """
        where = {"claim": claim_id, "user": user}
        values = {"verdict": verdict, "reason": reason, "given_at": self._clock()}
        with self._engine.begin() as connection:
            if connection.execute(select(claims.c.id).where(claims.c.id == claim_id)).first():
                upsert(connection, feedback, where, values)
