"""Metadata from the head of a file.

It stands between fences (YAML `---`, TOML `+++`, JSON `;;;`), is a JSON object, or consists of
lines of "Name: value" with an empty line below them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.field_names import field_of, is_field_name
from index.documents.fields import NO_FIELDS, Fields, usable
from index.documents.notations import (
    head_line_fields,
    json_head_fields,
    toml_fields,
    yaml_fields,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_START = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*")
_FENCE = re.compile(r"(---|\+\+\+|;;;)[ \t]*\r?\n")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "{": re.compile(r"^\}[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_READERS = {"---": yaml_fields, "+++": toml_fields, ";;;": json_head_fields}
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")
# Lines of fields without fences are few and short, or they are a text.
_MAX_HEAD_CHARS = 4_000
_WORD = re.compile(r"\w")


def split_front_matter(text: str) -> tuple[Fields, int]:
    """Returns the fields of the front matter, and where the text after it begins.

    What does not look like fields counts as text of the article, also between fences: the result is
    then (NO_FIELDS, 0), as it is for a file without front matter.
    """
    found = _START.match(text)
    start = found.end() if found else 0
    for read in (_between_fences, _json_object, _lines_of_fields):
        fields, end = read(text, start)
        if fields is not None:
            return fields, end
    return NO_FIELDS, 0


def has_body(text: str, body: int) -> bool:
    """Returns whether a file says anything after its front matter."""
    return _WORD.search(text, body) is not None


def _between_fences(text: str, start: int) -> tuple[Fields | None, int]:
    fence = _FENCE.match(text, start)
    closing = fence and _CLOSING[fence[1]].search(text, fence.end())
    if not fence or not closing:
        return None, 0
    return _READERS[fence[1]](text[fence.end() : closing.start()]), closing.end()


def _json_object(text: str, start: int) -> tuple[Fields | None, int]:
    closing = _CLOSING["{"].search(text, start) if text.startswith("{", start) else None
    if closing is None:
        return None, 0
    return json_head_fields(text[start : closing.end()]), closing.end()


def _lines_of_fields(text: str, start: int) -> tuple[Fields | None, int]:
    """Reads lines of fields down to the first empty line, where a text follows them."""
    end = _EMPTY_LINE.search(text, start, start + _MAX_HEAD_CHARS)
    if end is None or not has_body(text, end.end()):
        return None, 0
    lines = [line.rstrip() for line in text[start : end.start()].split("\n")]
    stated = head_line_fields(lines) if lines[0][:1].isalpha() else None
    if stated is None or not _are_metadata(stated):
        return None, 0
    return usable(stated), end.end()


def _are_metadata(stated: Mapping[str, object]) -> bool:
    """Returns whether lines of fields are metadata, and not a list or a conversation.

    A title above is enough. Other names must be mostly those of metadata, and a single line must be
    a date: a byline alone is a line of the text.
    """
    known = [name for name in stated if field_of(name)]
    if next(iter(stated)) in known and field_of(next(iter(stated))) == "title":
        return True
    if len(stated) == 1:
        return "published" in usable(stated).values
    odd = [name for name in stated if not is_field_name(name)]
    return len(known) > len(odd)
