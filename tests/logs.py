"""Loggers as they were: a test that sets up logs leaves none of it to the next."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def levels() -> dict[logging.Logger, int]:
    """Returns the level of every logger there is."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    return {logger: logger.level for logger in [logging.root, *loggers]}


@contextmanager
def logs_restored() -> Iterator[None]:
    """Restores handlers and levels at the end of the block."""
    before, handlers = levels(), list(logging.root.handlers)
    try:
        yield
    finally:
        logging.root.handlers = handlers
        for logger in levels():
            logger.setLevel(before.get(logger, logging.NOTSET))
