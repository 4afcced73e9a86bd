"""One builder at a time for each library, and nothing left behind by one that was killed."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from config.private import make_private_folder
from index.library.pointer import POINTER

try:
    import fcntl
except ImportError:  # Windows: nothing is locked, so nothing is swept
    fcntl = None  # type: ignore[assignment]  # mypy reads the module of this machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOCK = ".lock"


@contextlib.contextmanager
def only_writer(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Holds the lock of a library's folder, and first removes what killed builders left there.

    Whoever writes something unfinished holds the lock while it is there. The system releases the
    lock when a process ends in any way, so what is found under the lock belongs to nobody.

    Args:
        folder: The library's folder; it is made if it is missing.
        waiting: Called before this process waits for another one.

    Raises:
        OSError: The folder cannot be written.
    """
    make_private_folder(folder)
    if fcntl is None:
        yield
        return
    with (folder / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        _sweep(folder)
        yield


def _sweep(folder: Path) -> None:
    """Deletes unfinished versions, encoders and pointer files."""
    for unfinished in ("versions/tmp*", "encoders/tmp*"):
        for path in folder.glob(unfinished):
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".{POINTER}.*"):
        path.unlink(missing_ok=True)
