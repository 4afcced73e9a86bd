"""How a command ends: its exit status, and what a person reads when it failed."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from config.errors import ClippingError

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERED, NOT_FOUND, FAILED = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it

log = logging.getLogger(__name__)


def run_and_exit(command: Callable[..., object]) -> NoReturn:
    """Runs a click command and ends the process with its exit status.

    Prints one sentence for an error that a person can mend. Logs any other error in full and
    prints one fixed sentence, never the error's own text.
    """
    try:
        status = command(standalone_mode=False)
    except ClippingError as error:
        _fail(str(error))
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
    except BrokenPipeError:
        # Whoever read the answers has gone; Python would complain again while closing the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception:
        log.exception("unexpected")
        _fail("That failed, and it should not have: please report the lines above.")
    sys.exit(status if isinstance(status, int) else ANSWERED)


def _fail(sentence: str) -> NoReturn:
    from bot.cli.consoles import ERR  # noqa: PLC0415  -- a command that succeeds need not wait for it

    ERR.print(sentence, markup=False, style="red")
    sys.exit(FAILED)
