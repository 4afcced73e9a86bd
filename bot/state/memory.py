"""What is remembered of questions beyond their claim: threads, feedback, gaps, channels' rules."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import and_, case, delete, func, or_, select, true

from bot.state.database import insert_for
from bot.state.tables import channels, claims, feedback

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Engine, Insert, Table

    from bot.state.ask import Ask, Key

Mode: TypeAlias = Literal["mention", "threads", "questions"]
Verdict: TypeAlias = Literal["up", "down"]

REASONS = ("wrong_passage", "outdated", "not_found_expected", "missing")
THREAD_MEMORY_S = 24 * 3600.0  # a follow-up a day later is a new question
CHANNEL_MEMORY_S = 1800.0  # outside threads, so is one after half an hour


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in one channel.

    Attributes:
        mode: Whether it takes a mention, or a thread that was answered in goes on without one,
            or every question that ends in "?" is answered.
        folders: Only articles below these folders may be shown; none means all.
        threshold: Findings less certain than this are not shown; None leaves it to the answerer.
        language: Of the fixed words.
    """

    mode: Mode = "mention"
    folders: tuple[str, ...] = ()
    threshold: float | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the articles did not answer well, and how often it was asked."""

    question: str
    times: int
    not_found: int
    down: int


class Memory:
    """Reads and writes what is remembered."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._insert = insert_for(engine)

    def last_question(self, ask: Ask) -> str | None:
        """What was searched last in this conversation before this question, if that is recent.

        Outside threads, a conversation is one person's questions in one channel. A thread goes on
        from the message it was started at: a question, or our reply to it.
        """
        kept_s = THREAD_MEMORY_S if ask.thread else CHANNEL_MEMORY_S
        before = and_(
            _same_channel(claims, ask.key),
            _same_conversation(ask),
            claims.c.message != ask.key.message,
            claims.c.state == "done",
            claims.c.question != "",
            claims.c.asked_at > self._clock() - kept_s,
        )
        searched = func.coalesce(func.nullif(claims.c.searched, ""), claims.c.question)
        query = select(searched).where(before).order_by(claims.c.asked_at.desc()).limit(1)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def is_ours(self, key: Key, thread: str) -> bool:
        """Whether we answered in that thread of the channel before."""
        answered = and_(_same_channel(claims, key), _in_thread(thread), claims.c.reply != "")
        query = select(claims.c.id).where(answered).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def recent_questions(self, platform: str, workspace: str, user: str, limit: int) -> list[str]:
        """A person's own questions, newest first, each wording once."""
        theirs = and_(
            claims.c.platform == platform,
            claims.c.workspace == workspace,
            claims.c.user == user,
            claims.c.question != "",
            claims.c.kind == "question",
        )
        newest = func.max(claims.c.asked_at)
        query = select(claims.c.question).where(theirs).group_by(claims.c.question)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(newest.desc()).limit(limit))
            return [str(row.question) for row in rows]

    def feed_back(self, claim_id: str, user: str, verdict: Verdict, reason: str = "") -> None:
        """Note what a person thinks of an answer; their last word counts."""
        where = {"claim": claim_id, "user": user}
        values = {"verdict": verdict, "reason": reason, "given_at": self._clock()}
        with self._engine.begin() as connection:
            if connection.execute(select(claims.c.id).where(claims.c.id == claim_id)).first():
                connection.execute(self._put(feedback, where, values))

    def gaps(self, platform: str, workspace: str, limit: int) -> list[Gap]:
        """A workspace's questions not found or disliked, most asked first, in any case."""
        return self._gaps(
            and_(claims.c.platform == platform, claims.c.workspace == workspace), limit
        )

    def all_gaps(self, limit: int) -> list[Gap]:
        """The same over all workspaces and platforms."""
        return self._gaps(true(), limit)

    def _gaps(self, where: ColumnElement[bool], limit: int) -> list[Gap]:
        question = func.lower(func.trim(claims.c.question))
        times = func.count(claims.c.id.distinct())
        joined = claims.outerjoin(
            feedback, and_(feedback.c.claim == claims.c.id, feedback.c.verdict == "down")
        )
        query = (
            select(
                func.min(claims.c.question),
                times,
                func.sum(case((claims.c.outcome == "not_found", 1), else_=0)),
                func.count(feedback.c.claim),
            )
            .select_from(joined)
            .where(where, claims.c.question != "", claims.c.kind != "share")
            .where(or_(claims.c.outcome == "not_found", feedback.c.verdict == "down"))
            .group_by(question)
            .order_by(times.desc(), question)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [Gap(*row) for row in connection.execute(query)]

    def rules(self, key: Key) -> Rules:
        """What holds in the channel of that message."""
        with self._engine.connect() as connection:
            row = connection.execute(select(channels).where(_same_channel(channels, key))).first()
        if row is None:
            return Rules()
        return Rules(row.mode, tuple(json.loads(row.folders)), row.threshold, row.language)

    def set_rules(self, key: Key, rules: Rules) -> None:
        """Let other rules hold in the channel of that message."""
        values: dict[str, Any] = {
            "mode": rules.mode,
            "folders": json.dumps(rules.folders),
            "threshold": rules.threshold,
            "language": rules.language,
        }
        where = {"platform": key.platform, "workspace": key.workspace, "channel": key.channel}
        with self._engine.begin() as connection:
            connection.execute(self._put(channels, where, values))

    def forget(self, user: str) -> int:
        """Delete a person's questions and feedback everywhere; how many questions there were."""
        with self._engine.begin() as connection:
            connection.execute(delete(feedback).where(feedback.c.user == user))
            return connection.execute(delete(claims).where(claims.c.user == user)).rowcount

    def forget_workspace(self, platform: str, workspace: str) -> None:
        """Delete everything a workspace left here."""
        with self._engine.begin() as connection:
            for table in (claims, channels):
                there = and_(table.c.platform == platform, table.c.workspace == workspace)
                connection.execute(delete(table).where(there))

    def _put(self, table: Table, where: dict[str, Any], values: dict[str, Any]) -> Insert:
        """Write the row of that key, over the one that may be there."""
        row = self._insert(table).values(**where, **values)
        return row.on_conflict_do_update(index_elements=where, set_=values)


def _same_channel(table: Any, key: Key) -> ColumnElement[bool]:
    """Rows of the channel a message stands in."""
    return and_(
        table.c.platform == key.platform,
        table.c.workspace == key.workspace,
        table.c.channel == key.channel,
    )


def _same_conversation(ask: Ask) -> ColumnElement[bool]:
    """Questions of the same thread; outside of threads, those of the same person."""
    if ask.thread:
        return _in_thread(ask.thread)
    return and_(claims.c.thread == "", claims.c.user == ask.user)


def _in_thread(thread: str) -> ColumnElement[bool]:
    """Questions of a thread, and the one it began with.

    Discord gives a thread the id of the message it was started at.
    """
    begun_with = or_(claims.c.message == thread, claims.c.reply == thread)
    return or_(claims.c.thread == thread, begun_with)
