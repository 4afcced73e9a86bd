"""What every command line here has in common."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from config.errors import ClippingError

if TYPE_CHECKING:
    from collections.abc import Callable

# The command that makes a library again, for the messages that name it.
BUILD = "clipping index build"
FAILED = 2


def run_command(command: Callable[..., object]) -> None:
    """Runs a click command; an error that a person can mend is one sentence and exit status 2."""
    try:
        command(standalone_mode=False)
    except ClippingError as error:
        click.echo(str(error), err=True)
        sys.exit(FAILED)
    except click.exceptions.Abort:
        sys.exit(130)  # 128 + SIGINT, as a shell reports it
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
