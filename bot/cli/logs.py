"""Log lines: as text for a person, or as JSON for a machine."""

from __future__ import annotations

import json
import logging
import time

LOUD_LIBRARIES = {
    "slack_bolt": logging.INFO,  # below, these three write down whole messages
    "slack_sdk": logging.INFO,
    "discord": logging.INFO,
    "sqlalchemy": logging.WARNING,  # below, every statement
    "alembic": logging.WARNING,
    "aiohttp": logging.WARNING,
    "asyncio": logging.WARNING,
}
"""The lowest level at which each keeps to itself what people asked."""


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, logger and words, and the traceback if there is one."""
        entry = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def set_up_logs(*, as_json: bool, level: str = "INFO") -> None:
    """Write logs to standard error from now on; the libraries never all they could."""
    handler = logging.StreamHandler()
    if as_json:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name, floor in LOUD_LIBRARIES.items():
        logging.getLogger(name).setLevel(max(floor, root.level))
