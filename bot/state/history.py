"""What people asked: follow-ups, a person's own questions, gaps, and how all of it is deleted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, func, or_, select, true

from bot.state.tables import channels, claims, feedback, same_channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Engine

    from bot.state.ask import Ask, Key

THREAD_FOLLOW_UP_S = 24 * 3600.0  # a follow-up a day later is a new question
CHANNEL_FOLLOW_UP_S = 1800.0  # outside threads, so is a follow-up half an hour later


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the articles did not answer well.

    Attributes:
        question: The question in one of its spellings.
        times: How often it was asked.
        not_found: How often there was no answer.
        down: How many thumbs down its answers got.
    """

    question: str
    times: int
    not_found: int
    down: int


class History:
    """Reads and deletes what people asked."""

    def __init__(self, engine: Engine, *, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def last_question(self, ask: Ask) -> str | None:
        """Returns what was searched last in the conversation of a question, if that is recent.

        Outside threads, a conversation is the questions of one person in one channel. A thread
        includes the message at which it was started: a question, or the bot's reply to it.
        """
        kept_s = THREAD_FOLLOW_UP_S if ask.thread else CHANNEL_FOLLOW_UP_S
        before = and_(
            same_channel(claims, ask.key),
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

    def answered_in(self, key: Key, thread: str) -> bool:
        """Tells whether the bot answered in that thread of the channel before."""
        answered = and_(same_channel(claims, key), _in_thread(thread), claims.c.reply != "")
        query = select(claims.c.id).where(answered).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def recent_questions(self, platform: str, workspace: str, user: str, limit: int) -> list[str]:
        """Returns a person's own questions, newest first, each wording once."""
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

    def gaps(self, platform: str, workspace: str, limit: int) -> list[Gap]:
        """Returns a workspace's questions not found or disliked, most asked first.

        Questions that differ only in upper and lower case are the same question.
        """
        return self._gaps(
            and_(claims.c.platform == platform, claims.c.workspace == workspace), limit
        )

    def all_gaps(self, limit: int) -> list[Gap]:
        """Returns the gaps of all workspaces and platforms."""
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

    def purge(self, before: float) -> int:
        """Deletes questions asked before a moment, in seconds since 1970; returns how many.

        Their feedback goes with them (ON DELETE CASCADE).
        """
        with self._engine.begin() as connection:
            return connection.execute(delete(claims).where(claims.c.asked_at < before)).rowcount

    def forget(self, user: str) -> int:
        """Deletes a person's questions and feedback everywhere.

        The feedback of others on these questions goes with the questions (ON DELETE CASCADE).

        Returns:
            How many questions there were.
        """
        with self._engine.begin() as connection:
            connection.execute(delete(feedback).where(feedback.c.user == user))
            return connection.execute(delete(claims).where(claims.c.user == user)).rowcount

    def forget_workspace(self, platform: str, workspace: str) -> None:
        """Deletes the questions, the feedback and the channel rules of a workspace."""
        with self._engine.begin() as connection:
            for table in (claims, channels):
                there = and_(table.c.platform == platform, table.c.workspace == workspace)
                connection.execute(delete(table).where(there))


def _same_conversation(ask: Ask) -> ColumnElement[bool]:
    """Selects the questions of the same thread; outside threads, those of the same person."""
    if ask.thread:
        return _in_thread(ask.thread)
    return and_(claims.c.thread == "", claims.c.user == ask.user)


def _in_thread(thread: str) -> ColumnElement[bool]:
    """Selects the questions of a thread and the question that the thread began with.

    Discord gives a thread the id of the message at which it was started.
    """
    begun_with = or_(claims.c.message == thread, claims.c.reply == thread)
    return or_(claims.c.thread == thread, begun_with)
