"""The log: lines of text for a person, or lines of JSON for a machine."""

from __future__ import annotations

import logging
import time

from config.harmless import harmless, json_line, one_line

LOUD_LIBRARIES = {
    "slack_bolt": logging.INFO,  # below INFO, these three write down whole messages
    "slack_sdk": logging.INFO,
    "discord": logging.INFO,
    "sqlalchemy": logging.WARNING,  # below WARNING, every statement
    "alembic": logging.WARNING,
    "aiohttp": logging.WARNING,
    "asyncio": logging.WARNING,
}
"""For each library, the lowest level at which it does not log what people asked."""


class JsonLines(logging.Formatter):
    """Writes each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record's time, level, logger, message and, if there is one, traceback."""
        entry = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json_line(entry)


class TextLines(logging.Formatter):
    """Writes each record as one line of text; only a traceback has more lines."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  -- logging's own name
        """Returns the record's line: nothing in a message forges another line."""
        return one_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record's line and, if there is one, its traceback."""
        return harmless(super().format(record))


def set_up_logs(*, as_json: bool, level: str = "INFO") -> None:
    """Sends the log to standard error from now on.

    Args:
        as_json: Whether to write JSON instead of text.
        level: The lowest level that is written; for a loud library, its own level if higher.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name, floor in LOUD_LIBRARIES.items():
        logging.getLogger(name).setLevel(max(floor, root.level))
