"""What every command line here has in common: how an error that a person can mend ends it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from config.errors import ClippingError
from config.harmless import harmless
from config.private import write_privately

if TYPE_CHECKING:
    from collections.abc import Callable

# The command that makes a library again, for the messages that name it.
BUILD = "clipping index build"
FAILED = 2
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it


def run_command(command: Callable[..., object]) -> object:
    """Runs a click command and returns its result.

    Ends the process where a person can mend what is wrong: with one sentence on standard error and
    exit status 2, or with 130 after Ctrl-C. What the command writes is private.
    """
    write_privately()
    try:
        return command(standalone_mode=False)
    except ClippingError as error:
        fail(str(error))
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        click.echo(harmless(f"Error: {error.format_message()}"), err=True)
        sys.exit(FAILED)


def fail(sentence: str) -> NoReturn:
    """Prints a sentence on standard error, in red on a screen, and ends with exit status 2."""
    click.secho(harmless(sentence), fg="red", err=True)
    sys.exit(FAILED)
