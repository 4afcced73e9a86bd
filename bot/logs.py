"""Log lines: as text for a person, or as JSON for a machine."""

from __future__ import annotations

import json
import logging
import time

LOUD_LIBRARIES = (
    "slack_bolt",
    "slack_sdk",
    "discord",
    "aiohttp",
    "sqlalchemy",
    "alembic",
    "asyncio",
)
"""Below INFO these write down whole messages, with what people asked."""


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
    """Write logs to standard error from now on; the libraries never more than INFO."""
    handler = logging.StreamHandler()
    if as_json:
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    floor = max(logging.INFO, root.level)
    for name in LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(floor)
