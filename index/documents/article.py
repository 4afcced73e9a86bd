"""An article, and the list of its fields.

No other module of the index lists the fields: the library stores what `stored_fields` returns, and
names its version by `version_key`. A new field is added here, is filled in
`index.documents.metadata`, and is used where it is shown.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.documents.structure import Structure


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One file as a text, with what is known about it.

    Two articles are the same when they are the same object: a library reads each file once.

    Attributes:
        slug: The file's path relative to the articles' folder, with forward slashes.
        title: The headline, or None if none was found.
        text: The text of record; every offset counts its code points.
        published: The date that the article gives for itself, or None. The day on which the file
            was fetched or changed is never used.
        url: Where the article was published, if front matter or a sidecar says so.
        digest: Names the text that every offset counts in: `index.documents.digests`.
        body: Where the article's own text begins, after front matter.
        author: Who wrote the article, as its metadata says; several names have commas between them.
        updated: The date of the last change that the article gives for itself, or None.
        tags: What the metadata files the article under.
        description: What the metadata says the article is about.
        structure: The blocks of the text; None where nobody has looked for them. The library stores
            it apart from the other fields.
        extractor: The name and version of what made the text from the file; empty where the text is
            the file itself.
    """

    slug: str
    title: str | None
    text: str = field(repr=False)
    published: datetime.date | None = None
    url: str | None = None
    digest: str = ""
    body: int = 0
    author: str | None = None
    updated: datetime.date | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    structure: Structure | None = field(default=None, repr=False)
    extractor: str = ""

    @property
    def name(self) -> str:
        """The name to show to a person: the title, or the file's path if there is no title."""
        return self.title or self.slug

    def stored_fields(self) -> dict[str, Any]:
        """Returns all fields but the text and the structure, as JSON holds them."""
        kept = [each.name for each in fields(self) if each.name not in {"text", "structure"}]
        return {name: _as_json(getattr(self, name)) for name in kept}

    @classmethod
    def from_stored(
        cls, text: str, stored: Mapping[str, Any], structure: Structure | None = None
    ) -> Article:
        """Builds an article from its text, its structure and what `stored_fields` returned.

        A field that is missing in `stored` gets its default, so an older library can be read.

        Raises:
            TypeError, ValueError: `stored` does not hold the fields of an article.
        """
        days = {
            name: datetime.date.fromisoformat(stored[name]) if stored.get(name) else None
            for name in ("published", "updated")
        }
        tags = tuple(stored.get("tags", ()))
        return cls(text=text, structure=structure, **{**stored, **days, "tags": tags})

    def version_key(self) -> list[Any]:
        """Returns the values that the version of a library depends on.

        The list holds every field but two that the file and its extractor determine: `text` and
        `structure`. The order and the form of the values are part of the versions of all existing
        libraries of this format.
        """
        return list(self.stored_fields().values())


def _as_json(value: object) -> object:
    """Returns the value of a field as JSON holds it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
