"""Which process works on a claim, and whether that process still runs."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

_living: set[str] = set()
"""The owners that this process created and has not closed.

An owner with our process id that is not in here is left over from a previous process with the same
id.
"""


def new_owner() -> str:
    """Names this process: its machine, its space of process ids, its id, and a random number.

    The space of process ids is part of the name because every container begins a new one.
    """
    space = ""
    with suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return f"{socket.gethostname()}{space}/{os.getpid()}/{secrets.token_hex(4)}"


def enter(owner: str) -> None:
    """Notes that this process works under the name `owner`."""
    _living.add(owner)


def leave(owner: str) -> None:
    """Notes that nobody works under the name `owner` any more."""
    _living.discard(owner)


def is_gone(owner: str, me: str) -> bool:
    """Tells whether the process named `owner` certainly no longer runs.

    Returns:
        False for a process that may run, and for a process of another machine or container.
    """
    if owner == me:
        return False
    place, _, rest = owner.rpartition("/")[0].rpartition("/")
    if place != me.rpartition("/")[0].rpartition("/")[0]:
        return owner == ""
    if int(rest) == os.getpid():
        return owner not in _living
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
