"""Metadata from beside a file: `story.txt.json` says what `story.txt` does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.fields import MAX_METADATA_BYTES, NO_FIELDS, Fields
from index.documents.files import leads_out, read_regular_file
from index.documents.formats.contents import UnreadableError
from index.documents.notations import json_fields

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".json"


def sidecar_of(path: Path) -> Path:
    """Returns where the sidecar of an article's file stands, if there is one."""
    return path.with_name(path.name + _SUFFIX)


def read_sidecar(path: Path, folder: Path, *, follow_links: bool = False) -> Fields:
    """Returns the fields of the sidecar of an article's file.

    A sidecar that cannot be read has no fields, and a fault. A sidecar that is missing has neither,
    nor has a link that the walk through the folder names already.

    Args:
        path: The article's file.
        folder: The articles' folder.
        follow_links: Whether the sidecar may be a link out of the folder.
    """
    sidecar = sidecar_of(path)
    try:
        if leads_out(folder, sidecar) and not follow_links:
            return NO_FIELDS
    except OSError:
        return NO_FIELDS
    try:
        return json_fields(read_regular_file(sidecar, MAX_METADATA_BYTES))
    except UnreadableError as error:
        return _unusable(str(error))
    except OSError as error:
        return _unusable(f"it cannot be read ({error.strerror})")


def _unusable(why: str) -> Fields:
    return Fields({}, (("", why),))


def is_sidecar(path: Path) -> bool:
    """Returns whether a file is the sidecar of another file that exists."""
    return path.suffix == _SUFFIX and path.with_suffix("").exists()
