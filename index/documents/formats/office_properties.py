"""What the properties of an office document state about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.fields import Fields, usable

if TYPE_CHECKING:
    from index.documents.formats.zip_package import Package

_FIELDS = {
    "title": "title",
    "creator": "author",
    "description": "description",
    "keywords": "tags",
    "modified": "updated",
}
# Titles that programs fill in themselves.
_NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|document|dokument|presentation|präsentation|book|mappe)\s*\d*"
    r"|(?:word document|powerpoint presentation|powerpoint-präsentation|microsoft word - .*)",
    re.IGNORECASE,
)


def read_properties(package: Package, *, has_title: bool) -> Fields:
    """Returns the fields of a document's properties.

    Args:
        package: The document.
        has_title: Whether the document itself begins with a title, which is then the better one: a
            property is often that of the document from which this one was made.
    """
    root = package.xml("docProps/core.xml")
    stated: dict[str, object] = {}
    for element in root if root is not None else ():
        name = _FIELDS.get(element.tag)
        value = " ".join((element.text or "").split())
        if name and value:
            stated[name] = value[:10] if name == "updated" else value
    if has_title or _NO_TITLE.fullmatch(str(stated.get("title", ""))):
        stated.pop("title", None)
    return usable(stated)
