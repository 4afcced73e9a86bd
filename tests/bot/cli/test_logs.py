"""JSON logs: one object a line; and libraries that would write questions down are kept quiet."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.cli.logs import LOUD_LIBRARIES, set_up_logs
from bot.state.claims import ClaimStore
from bot.state.database import open_database
from tests.bot.desk.surfaces import ask

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    yield
    root.setLevel(before[0])
    root.handlers = before[1]
    for name in LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_log_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=True)
    try:
        int("two\nlines")
    except ValueError:
        logging.getLogger("here").exception("it %s", "broke")

    entry = json.loads(capsys.readouterr().err)

    assert (entry["level"], entry["logger"], entry["message"]) == ("ERROR", "here", "it broke")
    assert "ValueError" in entry["traceback"]


@pytest.mark.parametrize("as_json", [True, False])
def test_a_message_forges_no_line_and_moves_no_cursor(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    set_up_logs(as_json=as_json)
    evil = "x.txt\n2026-01-01 CRITICAL root: forged \x1b[2J\x9b\u202e\u2028"
    logging.getLogger("here").warning("%s is skipped", evil)
    try:
        int(evil)
    except ValueError:
        logging.getLogger("here").exception("broke")

    written = capsys.readouterr().err
    assert not set("\x1b\x9b\u202e\u2028") & set(written)
    assert "is skipped" in written.splitlines()[0]


def test_libraries_stay_above_debug_even_when_we_do_not() -> None:
    set_up_logs(as_json=False, level="DEBUG")
    assert not logging.getLogger("slack_sdk.web.async_client").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("sqlalchemy.engine").isEnabledFor(logging.INFO)
    assert logging.getLogger("bot").isEnabledFor(logging.DEBUG)


def test_an_error_of_the_database_does_not_repeat_the_question() -> None:
    engine = open_database("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE claims")
    with pytest.raises(Exception, match="no such table") as caught:
        ClaimStore(engine).claim(ask("a secret question?"))
    assert "secret" not in str(caught.value)
