"""The notations that metadata is written in: JSON, TOML, YAML, and plain lines of fields.

No more than `MAX_METADATA_BYTES` are read. What a parser refuses for a slip is read line by line.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import yaml

from index.documents.field_names import field_of, is_field_name
from index.documents.fields import MAX_METADATA_BYTES, Fields, MetadataError, usable
from index.documents.prose import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# How deep YAML may be nested, and of how many parts it may consist: no front matter comes near.
_MAX_DEPTH = 20
_MAX_EVENTS = 20_000
_NULLS = {"", "~", "null", "Null", "NULL"}
# A field's name has three words at most; a line of prose with a colon in it has more.
_NAME = r"[^\W\d_][\w.-]*(?: [\w.-]+){0,2}"
_FIELD_LINE = re.compile(rf"({_NAME})[ \t]*[:=][ \t]*(\S.*)?")
_HEAD_LINE = re.compile(rf"({_NAME}):(?:[ \t]+(\S.*))?")
_QUOTED_NAME = re.compile(r'^[ \t]*"([^"\n]{1,80})"[ \t]*:', re.MULTILINE)
# What no writer begins a sentence with: "sidebar_position", "menuTitle".
_IDENTIFIER = re.compile(r"[a-z][\w.$-]*")
_FOLDED = {"", ">", "|", ">-", "|-", ">+", "|+"}


def json_fields(data: bytes) -> Fields:
    """Returns the fields of a JSON object."""
    try:
        stated = json.loads(data)
    except (ValueError, RecursionError):  # the last one: very deep brackets
        stated = None
    if not isinstance(stated, dict):
        return Fields({}, (("", "it is no JSON object"),))
    return usable(stated)


def json_head_fields(text: str) -> Fields | None:
    """Returns the fields of JSON at the head of a file, or None if it does not look like fields."""
    if len(text) > MAX_METADATA_BYTES:
        return None
    try:
        stated = json.loads(text)
    except (ValueError, RecursionError):
        lines = _QUOTED_NAME.sub(r"\1:", text).split("\n")
        stated = stated_lines(line.rstrip(" \t\r,") for line in lines[1:])
    if not isinstance(stated, dict) or not any(map(is_field_name, stated)):
        return None
    return usable(stated)


def toml_fields(text: str) -> Fields | None:
    """Returns the fields of TOML, or None if the text is neither TOML nor lines of fields."""
    if len(text) > MAX_METADATA_BYTES:
        return _too_long(text)
    try:
        stated = tomllib.loads(text)
    except (ValueError, RecursionError):
        return _fields_of_lines(text)
    return usable(stated) if stated else None


def yaml_fields(text: str) -> Fields | None:
    """Returns the fields of YAML, or None if the text is neither a mapping nor lines of fields.

    Only the events of the parser are looked at: nothing is built from tags, and aliases are not
    followed.
    """
    if len(text) > MAX_METADATA_BYTES:
        return _too_long(text)
    try:
        stated = _yaml_value(text)
    except (yaml.YAMLError, ValueError, MetadataError):
        return _fields_of_lines(text)
    if not isinstance(stated, dict) or not _are_names(text, stated):
        return None
    return usable(stated)


def head_line_fields(lines: Iterable[str]) -> Mapping[str, object] | None:
    """Returns what lines of "Name: value" state; None if one of the lines is something else."""
    lines = list(lines)
    if not all(line[:1] in " \t" or _HEAD_LINE.fullmatch(line) for line in lines):
        return None
    return stated_lines(lines)


def stated_lines(lines: Iterable[str]) -> dict[str, object] | None:
    """Returns what lines of fields state; None if a line is neither a field nor part of one.

    A line that is indented or begins with a hyphen belongs to the field above. Where a name stands
    twice, the first counts.
    """
    parts: dict[str, list[str]] = {}
    above: list[str] = []
    for line in map(str.rstrip, lines):
        found = _FIELD_LINE.fullmatch(line)
        if found is not None:
            above = parts.setdefault(found[1], []) if found[1] not in parts else []
            above.append(found[2] or "")
        elif line.startswith("["):
            above = []
        elif line.startswith((" ", "\t", "-")):
            above.append(line.strip())
        elif line and not line.startswith(("#", "]", "}")):
            return None
    return {name: _stated_value(*lines) for name, lines in parts.items()} or None


def _stated_value(first: str, *more: str) -> object:
    if first in _FOLDED and more and all(line.startswith("-") for line in more):
        return [_unquoted(line.lstrip("- ")) for line in more]
    whole = " ".join(more if first in _FOLDED else (first, *more))
    if whole.startswith("["):
        return [_unquoted(part.strip()) for part in whole.strip("[]").split(",")]
    return _unquoted(whole)


def _too_long(text: str) -> Fields | None:
    if _fields_of_lines(text) is None:
        return None
    return Fields({}, (("", f"it has more than {MAX_METADATA_BYTES // 1000} kB"),))


def _fields_of_lines(text: str) -> Fields | None:
    """Reads what no parser can line by line; None if it does not look like fields."""
    stated = stated_lines(text.split("\n"))
    return usable(stated) if stated and _are_names(text, stated) else None


def _unquoted(text: str) -> str:
    quote = text[:1]
    return text[1:-1] if len(text) > 1 and quote in {'"', "'"} and text.endswith(quote) else text


def _are_names(text: str, stated: Mapping[str, object]) -> bool:
    """Returns whether a mapping holds fields, and not prose with colons in it between two rules."""
    if any(is_field_name(name) and not _is_prose(name, value) for name, value in stated.items()):
        return True
    first_line = text.split("\n", 1)[0]
    return bool(first_line.strip()) and all(map(_IDENTIFIER.fullmatch, stated))


def _is_prose(name: str, value: object) -> bool:
    """Returns whether a field could be a sentence with a colon in it: "Note: the pool is shut."."""
    if field_of(name) in {"title", "published"} or not isinstance(value, str):
        return False
    return name[:1].isupper() and ends_a_sentence(value)


def _yaml_value(text: str) -> object:
    """Returns what YAML states: scalars as they are written, in lists and dicts.

    An alias is None, and so is null.

    Raises:
        YAMLError, ValueError: It is no YAML.
        MetadataError: It is nested too deeply, or it has too many parts.
    """
    open_parts: list[tuple[yaml.Event | None, list[object]]] = [(None, [])]
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        if len(open_parts) > _MAX_DEPTH or count > _MAX_EVENTS:
            raise MetadataError("it is nested too deeply, or too long")
        if isinstance(event, yaml.CollectionStartEvent):
            open_parts.append((event, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            begin, parts = open_parts.pop()
            is_mapping = isinstance(begin, yaml.MappingStartEvent)
            open_parts[-1][1].append(_mapping(parts) if is_mapping else parts)
        elif isinstance(event, yaml.NodeEvent):
            open_parts[-1][1].append(_scalar(event))
    documents = open_parts[0][1]
    return documents[0] if documents else None


def _mapping(parts: list[object]) -> dict[str, object]:
    """Returns the mapping of keys and values in turn; a key that is no text is dropped."""
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return {key: value for key, value in pairs if isinstance(key, str)}


def _scalar(event: yaml.NodeEvent) -> str | None:
    if not isinstance(event, yaml.ScalarEvent):
        return None
    return None if event.style is None and event.value in _NULLS else str(event.value)
