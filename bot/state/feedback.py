"""Feedback: thumbs up and down, and the reasons for a thumb down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import select

from bot.state.claims import can_be_clicked
from bot.state.database import upsert
from bot.state.tables import claims, feedback

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from bot.state.ask import Origin

Verdict: TypeAlias = Literal["up", "down"]

REASONS = ("wrong_passage", "outdated", "not_found_expected", "missing")


class Feedback:
    """Keeps one verdict for each person and answer."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, claim_id: str, origin: Origin, verdict: Verdict, reason: str = "") -> bool:
        """Notes what a person thinks of an answer; the person's last verdict counts.

        Returns:
            False, with nothing noted, where the question is no longer kept or cannot be clicked
            there.
        """
        where = {"claim": claim_id, "user": origin.user}
        values = {"verdict": verdict, "reason": reason, "given_at": self._clock()}
        with self._engine.begin() as connection:
            known = select(claims.c.id).where(can_be_clicked(claim_id, origin))
            if connection.execute(known).first() is None:
                return False
            upsert(connection, feedback, where, values)
        return True
