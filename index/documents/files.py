"""Reading the bytes of one file, whatever somebody has put in its place."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def read_regular_file(path: Path, limit: int) -> bytes:
    """Returns the bytes of a regular file, without waiting for anybody to write them.

    Opening a pipe would wait for its other end, and a device may never end. So the file is opened
    without waiting, its kind is looked up after that, and no more than `limit` bytes are read.

    Args:
        path: The file, or a link to it.
        limit: How many bytes it may have.

    Raises:
        UnreadableError: It is no regular file, or it is too large.
        OSError: It cannot be opened or read.
    """
    # Windows has no O_NONBLOCK, and no pipes among its files either.
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123  -- a Path takes no descriptor
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("it is no regular file")
        data = file.read(limit + 1) if status.st_size <= limit else b""
        size = max(status.st_size, len(data))
    if size > limit:
        raise UnreadableError(
            f"it has {_shown(size)} and the limit is {_shown(limit)}; split it or make it smaller"
        )
    return data


def leads_out(folder: Path, path: Path) -> bool:
    """Returns whether links lead from a path in a folder to a file outside of the folder.

    Raises:
        OSError: The links lead nowhere, or in a circle.
    """
    home, target = os.path.realpath(folder), os.path.realpath(path, strict=True)
    return target != home and not target.startswith(home.rstrip(os.sep) + os.sep)


def _shown(size: int) -> str:
    return f"{size / 1e6:.0f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"
