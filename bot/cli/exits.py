"""How a command ends: its exit status, and what a person reads when it failed."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from bot.cli.logs import TextLines
from bot.cli.redaction import Redaction
from config.command_line import FAILED, fail, run_command

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERED, NOT_FOUND = 0, 1

log = logging.getLogger(__name__)


def run_and_exit(command: Callable[..., object]) -> NoReturn:
    """Runs a click command and ends the process with its exit status.

    Prints one sentence for an error that a person can mend. Logs any other error in full and
    prints one fixed sentence, never the error's own text.
    """
    if logging.lastResort is not None:  # what prints where no log is set up
        logging.lastResort.setFormatter(TextLines(Redaction(()), questions=False))
    try:
        status = run_command(command)
    except BrokenPipeError:
        # Whoever read the answers has gone; Python would complain again while closing the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception:
        log.exception("unexpected")
        fail("That failed, and it should not have: please report the lines above.")
    sys.exit(status if isinstance(status, int) else ANSWERED)
