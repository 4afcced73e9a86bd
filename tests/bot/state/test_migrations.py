"""Databases of earlier versions: each opens today, and nothing in it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, make_url, text

from bot.state.ask import Key
from bot.state.channel_rules import Rules
from bot.state.database import engine_for, migrate
from bot.state.history import Gap, GapScope
from bot.state.state import State
from bot.state.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

REVISION_0001 = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE claims (
    id VARCHAR(16) NOT NULL, platform VARCHAR(16) NOT NULL, workspace VARCHAR(64) NOT NULL,
    channel VARCHAR(64) NOT NULL, message VARCHAR(128) NOT NULL, "user" VARCHAR(64) NOT NULL,
    thread VARCHAR(64) NOT NULL, question TEXT NOT NULL, kind VARCHAR(16) NOT NULL,
    searched TEXT NOT NULL, place TEXT NOT NULL, revision VARCHAR(64) NOT NULL,
    state VARCHAR(16) NOT NULL, outcome VARCHAR(16) NOT NULL, reply VARCHAR(128) NOT NULL,
    owner VARCHAR(200) NOT NULL, lease FLOAT NOT NULL, attempts INTEGER NOT NULL,
    asked_at FLOAT NOT NULL, PRIMARY KEY (id),
    CONSTRAINT one_claim_a_message UNIQUE (platform, workspace, channel, message)
);
CREATE INDEX claims_by_state ON claims (state, lease);
CREATE INDEX claims_by_thread ON claims (platform, workspace, channel, thread, asked_at);
CREATE INDEX claims_by_user ON claims (platform, "user", asked_at);
CREATE INDEX claims_by_age ON claims (asked_at);
CREATE TABLE feedback (
    claim VARCHAR(16) NOT NULL, "user" VARCHAR(64) NOT NULL, verdict VARCHAR(8) NOT NULL,
    reason VARCHAR(32) NOT NULL, given_at FLOAT NOT NULL, PRIMARY KEY (claim, "user"),
    FOREIGN KEY (claim) REFERENCES claims (id) ON DELETE CASCADE
);
CREATE TABLE channels (
    platform VARCHAR(16) NOT NULL, workspace VARCHAR(64) NOT NULL, channel VARCHAR(64) NOT NULL,
    mode VARCHAR(16) NOT NULL, folders TEXT NOT NULL, threshold FLOAT,
    language VARCHAR(8) NOT NULL, PRIMARY KEY (platform, workspace, channel)
);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO claims VALUES (
    'c1', 'slack', 'T1', 'C1', '1700000000.1', 'U1', '', 'Where is the HQ?', 'question', '', '', '',
    'done', 'not_found', '1700000000.2', 'host/1/ab', 1700000020.5, 1, 1700000000.25
);
INSERT INTO feedback VALUES ('c1', 'U2', 'down', 'outdated', 1700000030.75);
INSERT INTO channels VALUES ('slack', 'T1', 'C1', 'threads', '["news"]', 0.7, 'de');
"""
"""What revision 0001 ran when it was first released, and a row in each table.

It stays as it is: databases of that version are in use.
"""


@pytest.fixture
def old(database: str) -> Iterator[Engine]:
    """A database that an earlier version made and left."""
    engine = engine_for(make_url(database))
    with engine.begin() as connection:
        for statement in filter(str.strip, REVISION_0001.split(";")):
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608  # our own names
            for name in sorted(inspect(engine).get_table_names())
        }


def test_a_database_of_the_first_version_keeps_every_row_and_its_revision(old: Engine) -> None:
    before = rows(old)
    migrate(old)
    assert rows(old) == before
    assert {name: len(kept) for name, kept in before.items()} == {
        "alembic_version": 1, "channels": 1, "claims": 1, "feedback": 1,
    }  # fmt: skip
    assert before["alembic_version"] == [("0001",)]


async def test_what_an_earlier_version_left_is_found_again(database: str, old: Engine) -> None:
    del old
    key = Key("slack", "T1", "C1", "1700000000.1")
    state = State.open(database)
    claim = await state.claim_of(key)
    rules, gaps = await state.rules(key), await state.gaps(GapScope("slack", "T1"), 9)
    again = await state.claim([claim.ask]) if claim else []
    state.close()

    assert claim is not None
    assert (claim.id, claim.ask.question, claim.reply) == (
        "c1", "Where is the HQ?", "1700000000.2",
    )  # fmt: skip
    assert again == [None]
    assert rules == Rules("threads", ("news",), 0.7, "de")
    assert gaps == [Gap("Where is the HQ?", 1, 1, 1)]


def test_an_old_database_has_every_column_and_index_that_the_code_expects(old: Engine) -> None:
    migrate(old)
    found = inspect(old)
    for table in metadata.sorted_tables:
        columns = [column["name"] for column in found.get_columns(table.name)]
        assert columns == [column.name for column in table.columns]
        assert {i["name"] for i in found.get_indexes(table.name)} >= {i.name for i in table.indexes}
