"""The fields that metadata may state, and what of them can be used.

Front matter and sidecars come from anybody, so both are read here, in the same way: no more than
`MAX_METADATA_BYTES`, text and dates only, and nothing is built from them but the four fields.
What cannot be used is left out and named.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import yaml

from index.documents.dates import as_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_METADATA_BYTES = 64_000
# Nothing longer is a title. It is left out and not cut: a title is indexed with each passage of its
# article and shown as the article's own words, which the beginning of a misplaced text is not.
MAX_TITLE_CHARS = 300
# No platform takes a longer web address.
MAX_URL_CHARS = 3_000
# The fields, and how many characters each may have. A date has a line at most.
_LIMITS = {"title": MAX_TITLE_CHARS, "published": 200, "date": 200, "url": MAX_URL_CHARS}
_DATES = ("published", "date")

Value: TypeAlias = str | datetime.date
# How deep YAML may be nested, and of how many parts it may consist: no front matter comes near.
_MAX_DEPTH = 20
_MAX_EVENTS = 20_000
_NULLS = {"", "~", "null", "Null", "NULL"}
_FIELD_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(\S.*)?")
# A field's name has no more words than this; a line of prose with a colon in it has.
_MAX_NAME_WORDS = 3


class MetadataError(Exception):
    """Metadata that cannot be read; the text says why, for a person."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one piece of metadata.

    Attributes:
        values: The fields that can be used.
        faults: (field, why it is left out) of the others; the field is empty if it is about all.
    """

    values: Mapping[str, Value]
    faults: tuple[tuple[str, str], ...] = ()


NO_FIELDS = Fields({})


def json_fields(data: bytes) -> Fields:
    """Returns the fields of a JSON object."""
    try:
        stated = json.loads(data)
    except (ValueError, RecursionError):  # the last one: very deep brackets
        stated = None
    if not isinstance(stated, dict):
        return Fields({}, (("", "it is no JSON object"),))
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

    Only the events of the parser are looked at: nothing is built from tags, aliases are not
    followed, and what is nested is counted and dropped.
    """
    if len(text) > MAX_METADATA_BYTES:
        return _too_long(text)
    try:
        stated = _yaml_mapping(text)
    except (yaml.YAMLError, ValueError, MetadataError):
        return _fields_of_lines(text)
    return None if stated is None or not _are_names(text, stated) else usable(stated)


def _too_long(text: str) -> Fields | None:
    if _fields_of_lines(text) is None:
        return None
    return Fields({}, (("", f"it has more than {MAX_METADATA_BYTES // 1000} kB"),))


def _yaml_mapping(text: str) -> dict[str, object] | None:
    """Returns the scalars of a mapping as they are written; None if the text is no mapping.

    Raises:
        YAMLError, ValueError: It is no YAML.
        MetadataError: It is nested too deeply, or it has too many parts.
    """
    nodes: list[object] = []  # keys and values of the mapping in turn; None for what is nested
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        if depth > _MAX_DEPTH or count > _MAX_EVENTS:
            raise MetadataError("it is nested too deeply, or too long")
        if depth == 0 and isinstance(event, yaml.NodeEvent):
            if not isinstance(event, yaml.MappingStartEvent):
                return None
        elif depth == 1 and isinstance(event, yaml.NodeEvent):
            nodes.append(_scalar(event))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
    pairs = zip(nodes[::2], nodes[1::2], strict=False)
    return {key: value for key, value in pairs if isinstance(key, str)} if nodes else None


def _scalar(event: yaml.NodeEvent) -> object:
    """Returns a scalar as text, None for null, and an empty list for anything else."""
    if not isinstance(event, yaml.ScalarEvent):
        return []
    return None if event.style is None and event.value in _NULLS else str(event.value)


def _are_names(text: str, stated: Mapping[str, object]) -> bool:
    """Returns whether a mapping holds fields, and not prose with colons in it between two rules."""
    if any(name in stated for name in _LIMITS):
        return True
    first_line = text.split("\n", 1)[0]
    return bool(first_line.strip()) and all(len(k.split()) <= _MAX_NAME_WORDS for k in stated)


def _fields_of_lines(text: str) -> Fields | None:
    """Reads what no parser can line by line; None if it does not look like fields."""
    lines = [line.rstrip() for line in text.split("\n")]
    stated = {}
    for line in lines:
        found = _FIELD_LINE.fullmatch(line)
        if found is not None:
            stated[found[1]] = _unquoted(found[2] or "")
        elif line and not line.startswith((" ", "\t", "#", "-", "[", "]", "}")):
            return None
    return usable(stated) if stated and _are_names(text, stated) else None


def _unquoted(text: str) -> str:
    quote = text[:1]
    return text[1:-1] if len(text) > 1 and quote in {'"', "'"} and text.endswith(quote) else text


def usable(stated: Mapping[str, object]) -> Fields:
    """Returns the fields that can be used of those that metadata states, and names the others."""
    values: dict[str, Value] = {}
    faults = []
    for name, limit in _LIMITS.items():
        value = stated.get(name)
        if value is None or value == "":
            continue
        fault = _fault(name, value, limit)
        if fault:
            faults.append((name, fault))
        elif isinstance(value, (str, datetime.date)):
            values[name] = value
    return Fields(values, tuple(faults))


def _fault(name: str, value: object, limit: int) -> str | None:
    """Returns why a field cannot be used, or None if it can."""
    if name in _DATES:
        if isinstance(value, str) and len(value) > limit:
            return f"it has more than {limit} characters"
        return None if as_date(value) else "it is no date that can be read, such as 2024-05-31"
    if not isinstance(value, str):
        return "it is not text"
    if len(value) > limit:
        return f"it has more than {limit} characters"
    if any("\ud800" <= char <= "\udfff" for char in value):
        return "it holds half a character (a lone surrogate)"
    return None


def fault_lines(fields: Fields, whole: str) -> Iterator[tuple[str, str]]:
    """Yields (what is left out, why) of each fault; `whole` names the piece of metadata."""
    for name, why in fields.faults:
        yield (f"the {name} of {whole}" if name else whole), why
