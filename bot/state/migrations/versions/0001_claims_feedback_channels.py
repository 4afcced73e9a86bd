"""Makes the tables for claims, feedback and the rules of channels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "claims",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("workspace", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("message", sa.String(128), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("searched", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("reply", sa.String(128), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("lease", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.Float, nullable=False),
        sa.UniqueConstraint(
            "platform", "workspace", "channel", "message", name="one_claim_a_message"
        ),
    )
    thread = ["platform", "workspace", "channel", "thread", "asked_at"]
    op.create_index("claims_by_state", "claims", ["state", "lease"])
    op.create_index("claims_by_thread", "claims", thread)
    op.create_index("claims_by_user", "claims", ["platform", "user", "asked_at"])
    op.create_index("claims_by_age", "claims", ["asked_at"])
    op.create_table(
        "feedback",
        sa.Column(
            "claim", sa.String(16), sa.ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("user", sa.String(64), primary_key=True),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("given_at", sa.Float, nullable=False),
    )
    op.create_table(
        "channels",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("workspace", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(64), primary_key=True),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("folders", sa.Text, nullable=False),
        sa.Column("threshold", sa.Float, nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
    )


def downgrade() -> None:
    """Removes the tables."""
    for table in ("channels", "feedback", "claims"):
        op.drop_table(table)
