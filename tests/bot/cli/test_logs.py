"""The log: one JSON object a line, no token in it, and no question unless a setting asks for it."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.cli.logs import set_up_logs
from bot.state.claims import ClaimStore
from bot.state.database import open_database
from config.errors import PlatformError
from tests.bot.desk.surfaces import ask
from tests.logs import logs_restored

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRETS = (
    "xoxb-12-34-AbCd",
    "xoxe.xoxb-1-Mi0yLTE",
    "xoxe-1-My0xLTAt",
    "xapp-1-A02-99-abcdef",
    "xwfp-2-99",
    "https://hooks.slack.com/commands/T1/2/Zm9v",
    "http://127.0.0.1:8065/actions/T1/2/Zm9v",
    "https://hooks.slack.com/services/T1/B2/Zm9v",
    "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWsAAA",
    "wss://wss-primary.slack.com/link/?ticket=5ecf1d4b",
    "of any shape",
)
ASKED = "what about the merger"


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    with logs_restored():
        yield


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
    logging.getLogger("bot.here").warning("%s is skipped", evil)
    try:
        int(evil)
    except ValueError:
        logging.getLogger("bot.here").exception("broke")

    written = capsys.readouterr().err
    assert not set("\x1b\x9b\u202e\u2028") & set(written)
    assert "is skipped" in written.splitlines()[0]


def test_only_our_own_loggers_write_below_info(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=False, level="DEBUG")
    for name in ("slack_bolt.AsyncApp", "/opt/clipping/bin/clipping:Handler", "bottle", "root"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.root.level)  # as Bolt does
        logger.debug("a payload")
        logger.setLevel(logging.DEBUG)  # as anybody may
        logger.debug("a payload")
    logging.getLogger("sqlalchemy.engine").info("a payload")
    assert capsys.readouterr().err == ""
    logging.getLogger("bot.desk").debug("a step of ours")
    logging.getLogger("slack_bolt.AsyncApp").info("a reconnection")
    written = capsys.readouterr().err
    assert "a step of ours" in written
    assert "a reconnection" in written


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("questions", [False, True])
@pytest.mark.parametrize("secret", SECRETS)
def test_no_setting_lets_a_token_be_written(
    secret: str, as_json: bool, questions: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(as_json=as_json, questions=questions, level="DEBUG", secrets=["of any shape"])
    logger = logging.getLogger("bot.somewhere")
    logger.warning("sent %s", {"token": secret, "at": f"({secret})"})
    logging.getLogger("discord.http").warning("429 for POST %s", secret)
    try:
        raise ValueError(secret)  # noqa: TRY301  -- for its traceback
    except ValueError:
        logger.exception("failed")
    written = capsys.readouterr().err
    assert secret.rpartition("=")[2] not in written
    assert secret.removeprefix("https://hooks.slack.com") not in written
    assert "redacted" in written


def test_what_authorises_a_call_to_discord_is_not_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(as_json=False)
    for path in ("webhooks/123/aW50ZXJhY3Rpb24/messages/@original", "interactions/1/aW50ZXJh/cb"):
        logging.getLogger("discord.http").warning("We are rate limited. PATCH /api/v10/%s", path)
    assert "aW50ZXJh" not in capsys.readouterr().err


def test_the_text_of_an_error_is_left_out_wherever_it_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logs(as_json=False, level="DEBUG")
    try:
        try:
            raise KeyError(ASKED)  # noqa: TRY301  -- for its traceback
        except KeyError as error:
            raise RuntimeError(ASKED) from error
    except RuntimeError as error:
        logging.getLogger("bot.desk").exception("it failed: %s", error)  # noqa: TRY401  -- as libraries do
        logging.getLogger("slack_bolt.X").exception(f"Failed (error: {error})")  # noqa: TRY401  -- as libraries do
        logging.getLogger("bot.desk").error(error)  # noqa: TRY400  -- as libraries do
        logging.getLogger("asyncio").error(  # noqa: TRY400  -- as asyncio does
            "Exception in callback f(%r)\nhandle: <Handle f()>", str(error),
            exc_info=error,
        )  # fmt: skip
    logging.getLogger("slack_sdk").warning("Unknown block: %s", {"text": ASKED})
    written = capsys.readouterr().err
    assert "merger" not in written
    assert "RuntimeError" in written
    assert "test_the_text_of_an_error" in written  # the traceback itself


def test_an_error_of_ours_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=False)
    logging.getLogger("bot").error("ended", exc_info=PlatformError("Slack refused the token"))
    assert "Slack refused the token" in capsys.readouterr().err


def test_a_line_that_cannot_be_formatted_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(as_json=False)
    logging.getLogger("bot").warning("%d", "what about the merger")
    written = capsys.readouterr().err
    assert "merger" not in written
    assert "a line of bot could not be logged" in written


def test_an_error_of_the_database_does_not_repeat_the_question() -> None:
    engine = open_database("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE claims")
    with pytest.raises(Exception, match="no such table") as caught:
        ClaimStore(engine).claim(ask("a secret question?"))
    assert "secret" not in str(caught.value)
