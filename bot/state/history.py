"""What people asked: follow-ups, a person's own questions, gaps, and how all of it is deleted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, false, func, or_, select, true

from bot.state.ask import NO_WORKSPACE, SMALL_TALK
from bot.state.tables import channels, claims, feedback, same_channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Engine, Subquery

    from bot.state.ask import Ask, Key

THREAD_FOLLOW_UP_S = 24 * 3600.0  # a follow-up a day later is a new question
CHANNEL_FOLLOW_UP_S = 1800.0  # outside threads, so is a follow-up half an hour later


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the articles did not answer well.

    Attributes:
        question: The question in one of its spellings; empty for all private questions of others,
            whose words are not shown.
        times: How often it was asked.
        not_found: How often there was no answer.
        down: How many thumbs down its answers got.
    """

    question: str
    times: int
    not_found: int
    down: int


@dataclass(frozen=True, slots=True)
class GapScope:
    """Whose gaps somebody may read. `bot.chat.rights` decides it.

    Attributes:
        platform: The platform.
        workspace: The workspace.
        reader: Who reads them; a person's own questions are always shown in words.
        channel: Only the questions of this channel; empty for those of all channels.
        own: Only the reader's questions.
        private_words: Whether the private questions of others are shown in words too.
        closed: Channels that the reader cannot see; what others asked there is private as well.
    """

    platform: str
    workspace: str
    reader: str = ""
    channel: str = ""
    own: bool = False
    private_words: bool = False
    closed: frozenset[str] = frozenset()


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
            claims.c.outcome != SMALL_TALK,
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
            claims.c.outcome != SMALL_TALK,
        )
        newest = func.max(claims.c.asked_at)
        query = select(claims.c.question).where(theirs).group_by(claims.c.question)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(newest.desc()).limit(limit))
            return [str(row.question) for row in rows]

    def gaps(self, scope: GapScope, limit: int) -> list[Gap]:
        """Returns the questions of a scope not found or disliked, most asked first.

        Questions that differ only in upper and lower case are the same question. Private questions
        of others are one gap without words, the first.
        """
        private = or_(_is_private(), claims.c.channel.in_(scope.closed))
        hidden = and_(private, claims.c.user != scope.reader)
        return self._gaps(_in(scope), limit, hidden=false() if scope.private_words else hidden)

    def gap_channels(self, scope: GapScope) -> list[str]:
        """Returns the channels of a scope in which others have gaps that are not private."""
        where = and_(_in(scope), claims.c.user != scope.reader, ~_is_private())
        asked = _asked(where, hidden=false())
        query = select(asked.c.channel).distinct().order_by(asked.c.channel)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def all_gaps(self, limit: int) -> list[Gap]:
        """Returns the gaps of all workspaces and platforms, for whoever runs the bot."""
        return self._gaps(true(), limit, hidden=false())

    def _gaps(
        self, where: ColumnElement[bool], limit: int, *, hidden: ColumnElement[bool]
    ) -> list[Gap]:
        asked = _asked(where, hidden=hidden)
        same = func.lower(func.trim(asked.c.question)).label("same")
        times = func.count(asked.c.id.distinct()).label("times")
        query = (
            select(
                func.min(asked.c.question),
                times,
                func.sum(asked.c.not_found),
                func.count(asked.c.down),
                same,
            )
            .group_by(same)
            .order_by(func.length(func.min(asked.c.question)) > 0, times.desc(), same)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [Gap(*row[:4]) for row in connection.execute(query)]

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


def _in(scope: GapScope) -> ColumnElement[bool]:
    """Selects the questions of a scope."""
    return and_(
        claims.c.platform == scope.platform,
        claims.c.workspace == scope.workspace,
        claims.c.channel == scope.channel if scope.channel else true(),
        claims.c.user == scope.reader if scope.own else true(),
    )


def _asked(where: ColumnElement[bool], *, hidden: ColumnElement[bool]) -> Subquery:
    """Selects the questions not found or disliked, a row for each thumb down.

    The words of hidden questions are empty.
    """
    joined = claims.outerjoin(
        feedback, and_(feedback.c.claim == claims.c.id, feedback.c.verdict == "down")
    )
    return (
        select(
            claims.c.id,
            claims.c.channel,
            case((hidden, ""), else_=claims.c.question).label("question"),
            case((claims.c.outcome == "not_found", 1), else_=0).label("not_found"),
            feedback.c.claim.label("down"),
        )
        .select_from(joined)
        .where(where, claims.c.question != "", claims.c.kind != "share")
        .where(or_(claims.c.outcome == "not_found", feedback.c.verdict == "down"))
        .subquery()
    )


def _is_private() -> ColumnElement[bool]:
    """Selects the questions that were asked in private.

    They are commands, shortcuts and clicks in App Home, whose keys are a word and a colon before an
    id; and direct messages, whose channel begins with D in Slack and whose conversation belongs to
    no workspace in Discord.
    """
    slack_direct = and_(claims.c.platform == "slack", claims.c.channel.startswith("D"))
    belongs_nowhere = claims.c.workspace.startswith(NO_WORKSPACE)
    return or_(claims.c.message.contains(":"), slack_direct, belongs_nowhere)


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
