"""The names that people give to the fields of metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Each field of an article, and what it is called in metadata. The first name that says something
# that can be used wins. Names are compared without case, hyphens, underscores and blanks.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titel"),
    "published": (
        *("date", "published", "pubdate", "publishdate", "publishedat", "datepublished"),
        *("publicationdate", "publishedon", "created", "createdat", "datecreated"),
        *("datum", "veröffentlicht", "erstellt"),
    ),
    "updated": (
        *("lastmod", "updated", "modified", "lastmodified", "datemodified", "lastupdated"),
        *("updatedat", "modifiedat", "aktualisiert", "geändert"),
    ),
    "author": (
        *("author", "authors", "by", "creator", "writtenby"),
        *("autor", "autorin", "autoren", "verfasser", "verfasserin"),
    ),
    "url": ("url", "link", "permalink", "canonicalurl", "canonical", "source"),
    "tags": ("tags", "keywords", "categories", "tag", "category", "schlagwörter"),
    "description": ("description", "summary", "abstract", "beschreibung", "zusammenfassung"),
}
# What else stands in front matter and tells a program what to do. None of it is a word of a text.
_OTHER_NAMES = frozenset(
    """id slug layout type status draft lang language locale template weight order section toc
    image cover thumbnail banner icon hidden hide aliases version license copyright format css
    position sidebar sidebarposition sidebarlabel navorder parent comments featured series from to
    cc bcc subject replyto messageid affiliation email revision""".split()
)
_FIELDS = {name: field for field, names in FIELD_NAMES.items() for name in names}
_JOINTS = re.compile(r"[\s_-]+")


def plain_name(name: str) -> str:
    """Returns a field's name as names are compared."""
    return _JOINTS.sub("", name.casefold())


def field_of(name: str) -> str | None:
    """Returns the field of an article that a name in metadata stands for, or None."""
    return _FIELDS.get(plain_name(name))


def is_field_name(name: str) -> bool:
    """Returns whether a name stands in metadata, for an article's field or for a program."""
    return plain_name(name) in _FIELDS or plain_name(name) in _OTHER_NAMES
