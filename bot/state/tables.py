"""The tables of the state database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from bot.state.ask import Key

metadata = MetaData()

claims = Table(
    "claims",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("platform", String(16), nullable=False),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("message", String(128), nullable=False),
    Column("user", String(64), nullable=False),
    Column("thread", String(64), nullable=False),
    Column("question", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("searched", Text, nullable=False, default=""),
    Column("place", Text, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("outcome", String(16), nullable=False, default=""),
    Column("reply", String(128), nullable=False, default=""),
    Column("owner", String(200), nullable=False),
    Column("lease", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    UniqueConstraint("platform", "workspace", "channel", "message", name="one_claim_a_message"),
    Index("claims_by_state", "state", "lease"),
    Index("claims_by_thread", "platform", "workspace", "channel", "thread", "asked_at"),
    Index("claims_by_user", "platform", "user", "asked_at"),
    Index("claims_by_age", "asked_at"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("claim", String(16), ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("user", String(64), primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("reason", String(32), nullable=False, default=""),
    Column("given_at", Float, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("folders", Text, nullable=False),
    Column("threshold", Float, nullable=True),
    Column("language", String(8), nullable=False),
)


def same_channel(table: Table, key: Key) -> ColumnElement[bool]:
    """Selects the rows of the channel that a message stands in."""
    return and_(
        table.c.platform == key.platform,
        table.c.workspace == key.workspace,
        table.c.channel == key.channel,
    )
