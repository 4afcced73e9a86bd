"""`.clippingignore`: which files of a folder are no articles, in the syntax of `.gitignore`.

A file of that name is about the folder that it lies in and the folders below; the nearest decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from index.documents.files import read_regular_file
from index.documents.formats.contents import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

IGNORE_FILE = ".clippingignore"
MAX_IGNORE_BYTES = 64_000


def read_ignore_file(folder: Path) -> GitIgnoreSpec | None:
    """Returns the patterns of a folder's `.clippingignore`, or None if it has no such file.

    Raises:
        UnreadableError: It cannot be read; the text says why, for a person.
    """
    try:
        data = read_regular_file(folder / IGNORE_FILE, MAX_IGNORE_BYTES)
        return GitIgnoreSpec.from_lines(data.decode("utf-8").splitlines())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableError(f"it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableError("it is not UTF-8; save it as UTF-8") from error
    except ValueError as error:
        raise UnreadableError("it holds a line that is no pattern of .gitignore") from error


def is_ignored(path: Path, specs: Mapping[Path, GitIgnoreSpec], *, is_folder: bool) -> bool:
    """Returns whether a file or a folder is left out by the nearest pattern that speaks of it.

    Args:
        path: The file or the folder.
        specs: The patterns of each folder above it that has some.
        is_folder: Whether it is a folder: a pattern that ends in a slash is about folders alone.
    """
    for folder in path.parents:
        spec = specs.get(folder)
        if spec is None:
            continue
        name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
        include = spec.check_file(name).include
        if include is not None:
            return include
    return False
