"""The pointer file: which version of a library is in use, and what it was built from."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from config.errors import LibraryError
from index.library.repair import REBUILD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POINTER = "current.json"


def write_pointer(folder: Path, version: str, fields: Mapping[str, Any]) -> None:
    """Makes a version the current one, in one step.

    A reader sees the old pointer or the new pointer, and never a part of one.

    Args:
        folder: The library's folder.
        version: The version.
        fields: What the version was built from.
    """
    scratch = folder / f".{POINTER}.{os.getpid()}"
    scratch.write_text(json.dumps({"version": version, **fields}), encoding="utf-8")
    scratch.replace(folder / POINTER)


def read_pointer(folder: Path) -> dict[str, Any] | None:
    """Returns the pointer's fields, or None if there is no library yet.

    Raises:
        LibraryError: The file is damaged.
    """
    try:
        fields = json.loads((folder / POINTER).read_bytes())
        _ = fields["version"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"{folder / POINTER} is damaged: {REBUILD}.") from error
    return dict(fields)
