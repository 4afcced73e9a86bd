"""Metadata from beside a file: `story.txt.json` says what `story.txt` does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".json"


def read_sidecar(path: Path) -> dict[str, Any]:
    """Returns the fields of the sidecar of an article's file.

    A sidecar that is missing or cannot be read counts as one without fields.
    """
    try:
        fields = json.loads(path.with_name(path.name + _SUFFIX).read_bytes())
    except (OSError, ValueError, RecursionError):  # the last one: very deep brackets
        return {}
    return fields if isinstance(fields, dict) else {}


def is_sidecar(path: Path) -> bool:
    """Returns whether a file is the sidecar of another file that exists."""
    return path.suffix == _SUFFIX and path.with_suffix("").exists()
