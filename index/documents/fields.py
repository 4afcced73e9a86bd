"""The fields that metadata may state, and what of them can be used.

Metadata comes from anybody: only text, dates and lists of names are taken from it, and none of them
beyond its limit. What cannot be used is left out; what a person meant for an article's title, date
or author is named then.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from index.documents.dates import as_date
from index.documents.field_names import FIELD_NAMES, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_METADATA_BYTES = 64_000
# Nothing longer is a title. It is left out and not cut: a title is indexed with each passage of its
# article and shown as the article's own words, which the beginning of a misplaced text is not.
MAX_TITLE_CHARS = 300
MAX_AUTHOR_CHARS = 300
# No platform takes a longer web address.
MAX_URL_CHARS = 3_000
# A date has a line at most.
_MAX_DATE_CHARS = 200
_MAX_DESCRIPTION_CHARS = 2_000
_MAX_TAGS, _MAX_TAG_CHARS = 50, 100
# Some programs ask under the name of a date whether the page is published at all.
_YES_OR_NO = frozenset("true false yes no on off".split())

Value: TypeAlias = str | datetime.date | tuple[str, ...]


class MetadataError(Exception):
    """Metadata that cannot be used; the text says why, for a person."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one piece of metadata.

    Attributes:
        values: The fields that can be used, by the names of an article's fields.
        faults: (name as it is written, why it is left out) of the others; the name is empty if the
            fault is about all of the metadata.
    """

    values: Mapping[str, Value]
    faults: tuple[tuple[str, str], ...] = ()


NO_FIELDS = Fields({})


def usable(stated: Mapping[str, object]) -> Fields:
    """Returns the fields that can be used of those that metadata states.

    Args:
        stated: What stands in the metadata: text, dates, lists and mappings by their names, which
            may be any of `FIELD_NAMES`.
    """
    by_name: dict[str, tuple[str, object]] = {}
    for name, value in stated.items():
        by_name.setdefault(plain_name(name), (name, value))
    values: dict[str, Value] = {}
    faults = []
    for field, names in FIELD_NAMES.items():
        for name, stated_value in (by_name[each] for each in names if each in by_name):
            try:
                value = _READERS[field](stated_value)
            except MetadataError as error:
                faults.append((name, str(error)))
                continue
            if value:
                values[field] = value
                break
    return Fields(values, tuple(faults))


def fault_lines(fields: Fields, whole: str) -> Iterator[tuple[str, str]]:
    """Yields (what is left out, why) of each fault; `whole` names the piece of metadata."""
    for name, why in fields.faults:
        yield (f"the {name} of {whole}" if name else whole), why


def _date(value: object) -> datetime.date | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        if not value.strip() or value.strip().lower() in _YES_OR_NO:
            return None
        _check_length(value, _MAX_DATE_CHARS)
    day = as_date(value)
    if day is None:
        raise MetadataError("it is no date that can be read, such as 2024-05-31")
    return day


def _title(value: object) -> str | None:
    return _text(value, MAX_TITLE_CHARS)


def _author(value: object) -> str | None:
    """Returns the names of the authors; a list of names, or of mappings with names, is joined."""
    people = value if isinstance(value, list) else [value]
    names = [_text(_name_of(each), MAX_AUTHOR_CHARS) for each in people]
    joined = ", ".join(name for name in names if name)
    return _text(joined, MAX_AUTHOR_CHARS)


def _name_of(person: object) -> object:
    if not isinstance(person, dict):
        return person
    return next((value for key, value in person.items() if plain_name(str(key)) == "name"), None)


def _url(value: object) -> str | None:
    """Returns a web address; anything else is no fault, since "source" may be any words."""
    if not isinstance(value, str) or not value.strip().lower().startswith(("http://", "https://")):
        return None
    address = value.strip()
    usable_address = len(address) <= MAX_URL_CHARS and not _is_broken(address)
    return address if usable_address and len(address.split()) == 1 else None


def _tags(value: object) -> tuple[str, ...]:
    """Returns the tags of a list, or of a text with commas; what is no short text is left out."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list):
        return ()
    tags = [" ".join(part.split()) for part in parts if isinstance(part, str)]
    kept = [tag for tag in tags if tag and len(tag) <= _MAX_TAG_CHARS and not _is_broken(tag)]
    return tuple(dict.fromkeys(kept))[:_MAX_TAGS]


def _description(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > _MAX_DESCRIPTION_CHARS or _is_broken(value):
        return None
    return " ".join(value.split())


def _text(value: object, limit: int) -> str | None:
    """Returns a text on one line, or None if there is none."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise MetadataError("it is not text")
    _check_length(value, limit)
    if _is_broken(value):
        raise MetadataError("it holds half a character (a lone surrogate)")
    return " ".join(value.split())


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise MetadataError(f"it has more than {limit} characters")


def _is_broken(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


_READERS: Mapping[str, Callable[[object], Value | None]] = {
    "title": _title,
    "published": _date,
    "updated": _date,
    "author": _author,
    "url": _url,
    "tags": _tags,
    "description": _description,
}
