"""Opening the state database, and bringing its tables up to date."""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    ArgumentError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)
from sqlalchemy.pool import StaticPool

from config.errors import SettingsError
from config.extras import require_extra
from config.private import make_private_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import URL, Connection, Engine, Table

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"
PRIVATE = {"hide_parameters": True}  # else an error repeats the question in the log
ALONE = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SELECT pg_advisory_xact_lock(776543210)",  # a number that only we use
}
BESIDE = ("-wal", "-shm", "-journal")  # how the files end that SQLite keeps beside a database
BUSY_S = 5.0  # how long SQLite waits for another process that is writing; half a deadline
MAX_IDS = 500  # in one statement; a database may refuse more than 32,766 of them
UNREACHABLE = (OperationalError, InterfaceError, InternalError, PoolTimeoutError)
"""What is raised while the database does not answer, is locked or restarts.

A call that raised one of these may succeed later. InternalError is among them because PostgreSQL
raises it where a server that was the primary one may no longer be written to.
"""
NETWORK = {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,  # seconds
    "tcp_user_timeout": 10_000,  # milliseconds until a server that is silent counts as gone
}
"""How long to wait for PostgreSQL's machine; the address in DATABASE_URL may say otherwise."""


def open_database(url: str, *, busy_s: float = BUSY_S) -> Engine:
    """Opens the database at `url` and brings its tables to this version.

    Args:
        url: The address of the database.
        busy_s: How long SQLite waits, in seconds, for another process that is writing.

    Raises:
        SettingsError: DATABASE_URL cannot be used, in one sentence.
        MissingExtraError: The address is of PostgreSQL, whose library is not installed.
    """
    try:
        engine = engine_for(make_url(url), busy_s=busy_s)
        migrate(engine)
    except (ArgumentError, OperationalError, OSError) as error:
        raise SettingsError(
            f"DATABASE_URL cannot be used ({type(error).__name__}): give an address such as "
            "sqlite:///.clipping/state.db, in a folder that can be written to, or the address of a "
            "PostgreSQL database that is running."
        ) from None
    return engine


def files_of(url: str) -> list[Path]:
    """Returns the files in which the database at `url` may be kept; none in PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or _is_in_memory(address):
        return []
    file = _file_of(address)
    return [file, *(file.with_name(file.name + ending) for ending in BESIDE)]


def migrate(engine: Engine) -> None:
    """Brings the tables to this version; of several processes at once, one does it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        connection.exec_driver_sql(ALONE[engine.dialect.name])
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def batched(ids: Collection[T]) -> Iterator[list[T]]:
    """Yields the ids in lists that one statement can take."""
    listed = list(ids)
    for start in range(0, len(listed), MAX_IDS):
        yield listed[start : start + MAX_IDS]


def engine_for(address: URL, *, busy_s: float = BUSY_S) -> Engine:
    """Returns an engine for SQLite or PostgreSQL.

    Raises:
        ArgumentError: The address is of another database.
        MissingExtraError: The library for PostgreSQL is not installed.
    """
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _sqlite(address, round(busy_s * 1000))
    if kind != "postgresql":
        raise ArgumentError("neither SQLite nor PostgreSQL")
    require_extra("postgres", "A PostgreSQL address in DATABASE_URL")
    network = {name: value for name, value in NETWORK.items() if name not in address.query}
    # Without the ping, the first calls after a restart of the server fail on old connections.
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args=network,
        pool_pre_ping=True,
        **PRIVATE,
    )


def insert_into(engine: Engine, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Returns an INSERT that knows ON CONFLICT.

    Both databases have ON CONFLICT, and SQLAlchemy keeps their two kinds of INSERT apart.
    """
    kind = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    return kind(table)


def upsert(
    connection: Connection, table: Table, where: dict[str, str], values: dict[str, object]
) -> None:
    """Writes the row with the key `where`, over the row that may be there."""
    row = insert_into(connection.engine, table).values(**where, **values)
    connection.execute(row.on_conflict_do_update(index_elements=list(where), set_=values))


def _sqlite(address: URL, busy_ms: int) -> Engine:
    """Returns an engine for a file, or for memory; in memory, all threads share a connection."""
    if _is_in_memory(address):
        engine = create_engine(
            address, poolclass=StaticPool, connect_args={"check_same_thread": False}, **PRIVATE
        )
    else:
        if ":memory:" not in str(address.database):
            make_private_file(_file_of(address))  # SQLite gives its files beside it the same mode
        engine = create_engine(address, **PRIVATE)
    event.listen(engine, "connect", partial(_prepare_sqlite, busy_ms))
    return engine


def _is_in_memory(address: URL) -> bool:
    return address.database in {None, "", ":memory:"}


def _file_of(address: URL) -> Path:
    """Returns the file of a SQLite database, which may be written as an address of its own."""
    database = str(address.database)
    return Path(database.removeprefix("file:") if "uri" in address.query else database)


def _prepare_sqlite(busy_ms: int, connection: Any, _record: object) -> None:
    """Sets up a connection to SQLite.

    Readers and writers wait for each other. A deleted claim takes its feedback with it.
    """
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={busy_ms}")
    _write_ahead(cursor, busy_ms)
    cursor.execute("PRAGMA synchronous=NORMAL")  # with WAL, safe against a killed process
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _write_ahead(cursor: sqlite3.Cursor, busy_ms: int) -> None:
    """Turns on write-ahead logging (WAL), which lets processes read while another writes.

    Two processes that turn it on for a new file at the same moment would wait for each other.
    SQLite then refuses one of them at once, whatever its busy timeout; so we try again.
    """
    until = time.monotonic() + busy_ms / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
