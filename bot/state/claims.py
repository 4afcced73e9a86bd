"""Claims: which process works on which question, so that each question is answered once.

A process claims a question before it works on it. The claim is `working` until the reply is out and
`done` afterwards. It is `withdrawn` when the question's message was deleted. The process holds the
claim by a lease that it renews for as long as it works on the question. Any process may take the
claim over when the lease has run out, or when the process that held it no longer runs. A process
takes its own claim back when it finds that it no longer works on it: an outage of the database can
keep it from noting how the work ended.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, literal, or_, select, update

from bot.state.ask import Ask, Key
from bot.state.database import batched, insert_into
from bot.state.owners import enter, is_gone, leave, new_owner
from bot.state.tables import claims

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sqlalchemy import ColumnElement, Connection, Engine, Row

    from bot.state.ask import Origin

LEASE_S = 20.0  # twice the default deadline of an answer

NEW = {"attempts": 1, "searched": "", "outcome": "", "reply": ""}


@dataclass(frozen=True, slots=True)
class Claim:
    """A question that a process works on, or has answered.

    Attributes:
        id: Names the question in buttons, feedback and the log.
        ask: The question.
        attempts: How often a process began to work on the question.
        reply: The id of the posted reply; empty before there is a reply.
        searched: What was searched for, where that differs from the question.
        owner: Which process works on the question, as `owners.new_owner` names it; empty for none.
    """

    id: str
    ask: Ask
    attempts: int = 1
    reply: str = ""
    searched: str = ""
    owner: str = ""


class ClaimStore:
    """Keeps the claims of all processes that share one database."""

    def __init__(
        self, engine: Engine, *, owner: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._owner = owner or new_owner()
        self._clock = clock
        enter(self._owner)

    def close(self) -> None:
        """Gives up all claims of this process: others may take them over at once."""
        leave(self._owner)

    def claim(self, ask: Ask) -> Claim | None:
        """Claims a new question; returns None if its message was ever claimed before."""
        return self.claim_all([ask])[0]

    def claim_all(self, asks: Sequence[Ask]) -> list[Claim | None]:
        """Claims questions in one step; returns None in the place of a question claimed before."""
        taken = [Claim(secrets.token_hex(6), ask, owner=self._owner) for ask in asks]
        now = self._clock()
        rows = [
            {**_columns(claim.ask), **self._held(now), **NEW, "id": claim.id, "asked_at": now}
            for claim in taken
        ]
        ids = select(claims.c.id).where(claims.c.id.in_([claim.id for claim in taken]))
        with self._engine.begin() as connection:
            connection.execute(insert_into(self._engine, claims).on_conflict_do_nothing(), rows)
            ours = set(connection.execute(ids).scalars())
        return [claim if claim.id in ours else None for claim in taken]

    def find(self, key: Key) -> Claim | None:
        """Returns the claim of a message, if there is one."""
        return self._one(_is(key))

    def find_by_id(self, claim_id: str, origin: Origin) -> Claim | None:
        """Returns the claim with that id, if it is still kept and can be clicked there."""
        return self._one(can_be_clicked(claim_id, origin))

    def finish(self, claim: Claim, outcome: str, *, reply: str, searched: str = "") -> Claim | None:
        """Notes that the reply to this wording of the question is out.

        Returns:
            None when nothing is left to do. The claim as it is now when the question was edited
            meanwhile and must be answered again. That claim with an empty question when the
            question was withdrawn and the reply must be removed.
        """
        this = claims.c.id == claim.id
        same = and_(this, claims.c.state == "working", claims.c.revision == claim.ask.revision)
        done = {"state": "done", "outcome": outcome, "reply": reply, "searched": searched}
        with self._engine.begin() as connection:
            if connection.execute(update(claims).where(same).values(**done, place="")).rowcount:
                return None
            changed = and_(this, claims.c.state != "done")
            connection.execute(update(claims).where(changed).values(reply=reply))
            return _first(connection, changed)

    def revise(self, ask: Ask) -> Claim | None:
        """Notes an edited question, and claims it again if it was answered.

        Returns:
            The claim when this process must answer the question again. None when the wording is
            not newer than the last, and when a process works on the question right now: that
            process sees the new wording when it finishes.
        """
        older = and_(_is(ask.key), claims.c.revision < ask.revision)
        wording = {"question": ask.question, "revision": ask.revision}
        again = {**wording, **self._held(self._clock()), "attempts": 1, "place": ask.place}
        with self._engine.begin() as connection:
            _hold(connection, ask.key)
            done = and_(older, claims.c.state == "done")
            if connection.execute(update(claims).where(done).values(**again)).rowcount:
                return _first(connection, _is(ask.key))
            working = and_(older, claims.c.state == "working")
            connection.execute(update(claims).where(working).values(**wording))
        return None

    def drop(self, claim: Claim) -> None:
        """Deletes a claim: its message can be claimed as if it had never been."""
        with self._engine.begin() as connection:
            connection.execute(delete(claims).where(claims.c.id == claim.id))

    def withdraw(self, key: Key) -> Claim | None:
        """Drops a question whose message is gone; returns the claim if it has a reply to remove."""
        with self._engine.begin() as connection:
            _hold(connection, key)
            before = _first(connection, and_(_is(key), claims.c.state != "withdrawn"))
            gone = {"state": "withdrawn", "question": "", "searched": "", "place": ""}
            connection.execute(update(claims).where(_is(key)).values(**gone))
        return before if before is not None and before.reply else None

    def renew(self, in_hand: Collection[str]) -> None:
        """Renews the leases of the claims with these ids, as far as this process holds them."""
        mine = and_(claims.c.state == "working", claims.c.owner == self._owner)
        with self._engine.begin() as connection:
            for ids in batched(in_hand):
                lease = self._clock() + LEASE_S
                these = and_(mine, claims.c.id.in_(ids))
                connection.execute(update(claims).where(these).values(lease=lease))

    def hand_back(self, *handed: Claim, after_s: float = 0.0, begun: bool = True) -> None:
        """Lets any process take the claims over.

        Args:
            handed: The claims.
            after_s: How many seconds must pass before that.
            begun: Whether the work on the questions counts as an attempt.
        """
        free: dict[str, Any] = {"owner": "", "lease": self._clock() + after_s}
        if not begun:
            free["attempts"] = claims.c.attempts - 1
        with self._engine.begin() as connection:
            for ids in batched([claim.id for claim in handed]):
                mine = and_(claims.c.id.in_(ids), claims.c.state == "working")
                connection.execute(update(claims).where(mine).values(**free))

    def take_over(
        self, platforms: Collection[str], limit: int, in_hand: Collection[Key] = ()
    ) -> list[Claim]:
        """Claims up to `limit` questions that nobody works on any more, oldest first.

        Args:
            platforms: Only questions of these platforms are claimed.
            limit: How many questions at most.
            in_hand: The messages that this process works on, or is about to.
        """
        now = self._clock()
        working = and_(claims.c.state == "working", claims.c.platform.in_(platforms))
        with self._engine.begin() as connection:
            owners = connection.execute(select(claims.c.owner).where(working).distinct()).scalars()
            idle = [owner for owner in owners if self._is_idle(owner)]
            free = or_(claims.c.lease <= now, claims.c.owner.in_(idle))
            query = select(claims).where(working, free).order_by(claims.c.asked_at, claims.c.id)
            rows = connection.execute(query.limit(limit + len(in_hand))).all()
            left = [row for row in rows if _claim(row).ask.key not in in_hand][:limit]
            return [claim for row in left if (claim := self._take(connection, row, now))]

    def _is_idle(self, owner: str) -> bool:
        """Tells whether an owner certainly works on nothing but what this process has in hand.

        A row that no process holds was handed back; it waits until its lease has run out.
        """
        return owner == self._owner or (owner != "" and is_gone(owner, self._owner))

    def _take(self, connection: Connection, row: Row[Any], now: float) -> Claim | None:
        """Makes a claim ours; returns None if another process was quicker."""
        same = and_(claims.c.id == row.id, claims.c.owner == row.owner, claims.c.lease == row.lease)
        values = {**self._held(now), "attempts": row.attempts + 1}
        taken = connection.execute(
            update(claims).where(same, claims.c.state == "working").values(**values)
        )
        claim = replace(_claim(row), attempts=row.attempts + 1, owner=self._owner)
        return claim if taken.rowcount else None

    def _held(self, now: float) -> dict[str, Any]:
        """Returns the values that make a row ours."""
        return {"state": "working", "owner": self._owner, "lease": now + LEASE_S}

    def _one(self, condition: ColumnElement[bool]) -> Claim | None:
        with self._engine.connect() as connection:
            return _first(connection, condition)


def can_be_clicked(claim_id: str, origin: Origin) -> ColumnElement[bool]:
    """Selects the claim with that id, if the buttons of its answer can stand at `origin`.

    They stand in the channel of the question, where a thread may be known as a channel of its own.
    The reply itself may be seen from another workspace (Slack Connect). A person's own question may
    be answered in their conversation with the bot, which in Discord belongs to no server.
    """
    key = origin.key
    there = and_(
        claims.c.workspace == key.workspace,
        claims.c.channel.in_([place for place in (key.channel, origin.thread) if place]),
    )
    the_reply = and_(
        claims.c.channel == key.channel, claims.c.reply == key.message, claims.c.reply != ""
    )
    own = and_(
        claims.c.user == origin.user,
        literal(origin.direct),
        or_(claims.c.workspace == key.workspace, literal(not key.of_workspace)),
    )
    same = and_(claims.c.id == claim_id, claims.c.platform == key.platform)
    return and_(same, or_(there, the_reply, own))


def _is(key: Key) -> ColumnElement[bool]:
    """Selects the row of a message."""
    return and_(
        claims.c.platform == key.platform,
        claims.c.workspace == key.workspace,
        claims.c.channel == key.channel,
        claims.c.message == key.message,
    )


def _hold(connection: Connection, key: Key) -> None:
    """Waits until no other process writes the row of a message, and locks it until we commit.

    An update that changes nothing locks the row in both databases; SQLite has no
    SELECT … FOR UPDATE.
    """
    connection.execute(update(claims).where(_is(key)).values(state=claims.c.state))


def _first(connection: Connection, condition: ColumnElement[bool]) -> Claim | None:
    row = connection.execute(select(claims).where(condition)).first()
    return None if row is None else _claim(row)


def _claim(row: Row[Any]) -> Claim:
    """Returns a row as a claim."""
    key = Key(row.platform, row.workspace, row.channel, row.message)
    ask = Ask(key, row.user, row.question, row.thread, row.place, row.revision, row.kind)
    return Claim(row.id, ask, row.attempts, row.reply, row.searched, row.owner)


def _columns(ask: Ask) -> dict[str, Any]:
    """Returns a question as the values of its columns."""
    key = ask.key
    return {
        "platform": key.platform,
        "workspace": key.workspace,
        "channel": key.channel,
        "message": key.message,
        "user": ask.user,
        "thread": ask.thread,
        "question": ask.question,
        "kind": ask.kind,
        "place": ask.place,
        "revision": ask.revision,
    }
