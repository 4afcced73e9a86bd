"""The log: lines of text for a person, or lines of JSON for a machine.

No line holds what people asked unless LOG_QUESTIONS is true, and none ever holds a token. Two rules
see to it, whatever level a library sets for its loggers (Bolt copies the root's): only our own
loggers write below INFO, and everything is redacted where it is written.
"""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import time
from typing import TYPE_CHECKING

from bot.cli.redaction import Redaction, traceback_without_texts, without_texts_of
from config.harmless import harmless, json_line, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

HOME = __name__.removesuffix("bot.cli.logs")  # in a wheel, our packages are in another
OURS = tuple(HOME + package for package in ("bot", "retrieval", "index", "config"))
QUESTIONS = f"{HOME}bot.desk.desk.questions"  # what people ask is written by this logger alone
LOUD_LIBRARIES = {
    "sqlalchemy": logging.WARNING,  # below, every statement
    "alembic": logging.WARNING,
    "aiohttp": logging.WARNING,  # below, every request with its address
    "asyncio": logging.WARNING,
}
"""For each library that tells too much at INFO, the lowest level at which it does not."""

_PAYLOAD = re.compile(r"\s*[{\n].*", re.DOTALL)  # libraries write payloads as a dict or below
_CALLBACK = re.compile(r"\s*[<({\n].*", re.DOTALL)  # asyncio names tasks with their arguments


def is_ours(name: str) -> bool:
    """Tells whether a logger is our own."""
    return name.startswith(tuple(f"{each}." for each in OURS)) or name in OURS


class OnlyDiscreet(logging.Filter):
    """Lets our own records pass, and those of libraries from the level where they are discreet."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tells whether a record may be written."""
        if is_ours(record.name):
            return record.name != QUESTIONS
        library = record.name.partition(".")[0]
        return record.levelno >= LOUD_LIBRARIES.get(library, logging.INFO)


class TextLines(logging.Formatter):
    """Writes each record as a line of text, and its traceback below.

    Args:
        redact: Takes credentials out of a text.
        questions: Whether what people asked may be written.
    """

    def __init__(self, redact: Redaction, *, questions: bool) -> None:
        super().__init__("%(asctime)s")
        self._redact = redact
        self._questions = questions

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record's time, level, logger, message and, if there is one, traceback."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: "
        trace = self.traceback(record)
        # Nothing in a message forges another line; only a traceback has more lines.
        return one_line(head + self.message(record)) + (f"\n{harmless(trace)}" if trace else "")

    def message(self, record: logging.LogRecord) -> str:
        """Returns a record's message without what it may not hold."""
        message = record.getMessage()
        if not self._questions:
            args = record.args if isinstance(record.args, tuple) else ()
            error = record.exc_info[1] if record.exc_info else None
            for each in (record.msg, *args, error):
                if isinstance(each, BaseException):
                    message = without_texts_of(each, message)
            if not is_ours(record.name):
                payload = _CALLBACK if record.name == "asyncio" else _PAYLOAD
                message = payload.sub(" …", message)
        return self._redact(message)

    def traceback(self, record: logging.LogRecord) -> str:
        """Returns a record's traceback without what it may not hold; empty if there is none."""
        if not record.exc_info or record.exc_info[1] is None:
            return ""
        if self._questions:
            return self._redact(self.formatException(record.exc_info))
        return self._redact(traceback_without_texts(record.exc_info[1]))


class JsonLines(TextLines):
    """Writes each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record's time, level, logger, message and, if there is one, traceback."""
        entry = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
        }
        if trace := self.traceback(record):
            entry["traceback"] = trace
        return json_line(entry)


class Handler(logging.StreamHandler):  # type: ignore[type-arg]  # generic only for type checkers
    """Writes to standard error; what cannot be written is not shown there in another way."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Names the logger; the standard library would print the message and its arguments."""
        kind = sys.exc_info()[0]
        what = kind.__name__ if kind else "an error"
        with contextlib.suppress(OSError, ValueError):  # nobody reads, or it is closed
            sys.stderr.write(f"a line of {record.name} could not be logged ({what})\n")


def set_up_logs(
    *, as_json: bool, level: str = "INFO", questions: bool = False, secrets: Iterable[str] = ()
) -> None:
    """Sends the log to standard error from now on.

    Args:
        as_json: Whether to write JSON instead of text.
        level: The lowest level that our own loggers write.
        questions: Whether what people ask is written; the libraries then write at `level`, too.
        secrets: Values that are never written, such as the tokens in the settings.
    """
    handler = Handler()
    lines = JsonLines if as_json else TextLines
    handler.setFormatter(lines(Redaction(secrets), questions=questions))
    if not questions:
        handler.addFilter(OnlyDiscreet())
    ours = logging.getLevelNamesMapping()[level]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(ours if questions else max(ours, logging.INFO))
    for name in OURS:
        logging.getLogger(name).setLevel(ours)
    logging.getLogger(QUESTIONS).setLevel(ours if questions else logging.CRITICAL + 1)
    for name, floor in LOUD_LIBRARIES.items():
        logging.getLogger(name).setLevel(ours if questions else max(floor, ours))
