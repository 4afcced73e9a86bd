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
    """One file, decoded and otherwise untouched.

    Two articles are the same when they are the same object: a library reads each file once.

    Attributes:
        slug: The file's path relative to the articles' folder, with forward slashes.
        title: The headline, or None if none was found.
        text: The decoded file; every offset counts its code points.
        published: The date that the article gives for itself, or None. The day on which the file
            was fetched or changed is never used.
        url: Where the article was published, if front matter or a sidecar says so.
        digest: SHA-256 of the file's bytes, in hex; it versions every offset into `text`.
        body: Where the article's own text begins, after front matter.
        structure: The blocks of the text; None where nobody has looked for them.
        extractor: The name and version of what made `text` from the file's bytes; empty where
            `text` is the decoded file itself.
    """

    slug: str
    title: str | None
    text: str = field(repr=False)
    published: datetime.date | None = None
    url: str | None = None
    digest: str = ""
    body: int = 0
    structure: Structure | None = field(default=None, repr=False)
    extractor: str = ""

    @property
    def name(self) -> str:
        """The name to show to a person: the title, or the file's path if there is no title."""
        return self.title or self.slug

    def stored_fields(self) -> dict[str, Any]:
        """Returns all fields but the text and its structure, as JSON holds them."""
        kept = [each.name for each in fields(self) if each.name not in {"text", "structure"}]
        values = {name: getattr(self, name) for name in kept}
        day = self.published.isoformat() if self.published else None
        return values | {"published": day}

    @classmethod
    def from_stored(
        cls, text: str, stored: Mapping[str, Any], structure: Structure | None = None
    ) -> Article:
        """Builds an article from its text, its structure and what `stored_fields` returned.

        A field that is missing in `stored` gets its default, so an older library can be read.

        Raises:
            TypeError, ValueError: `stored` does not hold the fields of an article.
        """
        day = stored.get("published")
        published = datetime.date.fromisoformat(day) if day else None
        return cls(text=text, structure=structure, **{**stored, "published": published})

    def version_key(self) -> list[str | None]:
        """Returns the values that the version of a library depends on.

        The list holds every field but those that the digest determines: the text, where it begins,
        its structure and its extractor. The order and the form of the values are part of the
        versions of all existing libraries.
        """
        return [self.slug, self.digest, self.title, str(self.published), self.url]
