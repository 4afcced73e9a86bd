"""What a person can do about a library that cannot be opened or written."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from config.command_line import BUILD
from config.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REBUILD = f"run `{BUILD}` to make it again"


@contextlib.contextmanager
def explain_write_errors(folder: Path) -> Iterator[None]:
    """Turns an error of the file system into a sentence that names the library's folder.

    Raises:
        LibraryError: Something could not be written in the `with` block.
    """
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"The library's folder {folder} cannot be written ({error.strerror or error}):"
            " make room there, or name another with --library."
        ) from error
