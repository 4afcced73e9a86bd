"""Opening the state database: its tables, several processes at once, and addresses of no use."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, inspect, make_url, select

from bot.state.database import engine_for, migrate, open_database
from bot.state.tables import channels, metadata
from config.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from tests.postgresql import PostgresServer

ROW = {
    "platform": "paper", "workspace": "W", "channel": "C", "mode": "mention", "folders": "[]",
    "language": "en",
}  # fmt: skip


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_database(database)
    yield opened
    opened.dispose()


def test_the_migrations_make_the_tables_that_the_code_expects(engine: Engine) -> None:
    migrate(engine)  # once more: nothing happens
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
        assert {i["name"] for i in found.get_indexes(table.name)} >= {i.name for i in table.indexes}


@pytest.mark.slow
def test_processes_that_start_together_make_the_tables_once(database: str) -> None:
    code = f"from bot.state.database import open_database; open_database({database!r})"
    here = Path(__file__).parents[3]
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=here)  # noqa: S603  # our own code
        for _ in range(4)
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0, 0]


def test_a_new_database_is_opened_by_several_at_the_same_moment(tmp_path: Path) -> None:
    # Without trying again about one in forty is refused: "database is locked".
    meeting = threading.Barrier(4)

    def connect(number: int) -> None:
        engine = engine_for(make_url(f"sqlite:///{tmp_path}/{number}.db"))
        meeting.wait(60)
        engine.connect().close()

    with ThreadPoolExecutor(4) as pool:
        for number in range(100):
            list(pool.map(connect, [number] * 4))


@pytest.mark.parametrize("url", ["nonsense", "mysql://a/b", "sqlite:////proc/nowhere/state.db"])
def test_a_database_that_cannot_be_used_is_one_sentence_about_its_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_database(url)


@pytest.mark.parametrize("form", ["sqlite:///{}", "sqlite:///file:{}?uri=true"])
def test_a_new_database_and_what_sqlite_keeps_beside_it_are_private(
    tmp_path: Path, form: str
) -> None:
    before = os.umask(0o022)
    try:
        engine = open_database(form.format(tmp_path / "new" / "state.db"))
        with engine.begin() as connection:
            connection.execute(insert(channels).values(ROW))
            found = {path.name: mode(path) for path in (tmp_path / "new").iterdir()}
        engine.dispose()
    finally:
        os.umask(before)
    assert found == {"state.db": 0o600, "state.db-wal": 0o600, "state.db-shm": 0o600}
    assert mode(tmp_path / "new") == 0o700


def test_a_database_of_before_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    file.touch(0o644)
    file.chmod(0o644)
    open_database(f"sqlite:///{file}").dispose()
    assert mode(file) == 0o644


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.slow
def test_the_first_call_after_a_restart_of_the_server_works(postgresql: PostgresServer) -> None:
    # The tests' server may lose its last commits in a crash; a real one may not.
    engine = open_database(postgresql.new_database() + "&options=-csynchronous_commit%3Don")
    with engine.connect() as connection:
        connection.execute(select(channels))
    postgresql.stop()
    postgresql.start()
    with engine.connect() as connection:  # by a connection that the server no longer knows
        assert connection.execute(select(channels)).all() == []
    engine.dispose()
