"""Files that only the person who runs Clipping may read.

They hold questions, tokens and articles. What is there already keeps its permissions:
`clipping doctor` names it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OTHERS = 0o077  # every permission of the group and of everybody else


def write_privately() -> None:
    """Makes everything private that this process writes from now on."""
    os.umask(OTHERS)


def make_private_folder(folder: Path) -> None:
    """Makes a folder, and the folders that it lacks above it, for their owner alone."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(FOLDER_MODE, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Makes an empty file for its owner alone, and its folder, where there is no such file."""
    make_private_folder(file.parent)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def is_open_to_others(path: Path) -> bool:
    """Tells whether others than the owner may do anything with a file or folder that exists."""
    try:
        return bool(path.stat().st_mode & OTHERS)
    except OSError:
        return False
