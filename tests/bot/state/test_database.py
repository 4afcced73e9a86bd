"""Opening the state database: its tables, several processes at once, and addresses of no use."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, make_url

from bot.state.database import engine_for, migrate, open_database
from bot.state.tables import metadata
from config.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


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
