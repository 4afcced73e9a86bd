"""Filling the fields of an article from what is said beside it, at its head and in its first lines.

A sidecar wins over everything. A field of the front matter wins over what the first lines show, but
for the title: see `index.documents.titles`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from index.documents.article import Article
from index.documents.dates import as_date, date_in_name, find_date
from index.documents.plain_structure import plain_structure
from index.documents.titles import find_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.documents.fields import Fields, Value
    from index.documents.formats.contents import Contents

_T = TypeVar("_T")


def build_article(slug: str, digest: str, contents: Contents, sidecar: Fields) -> Article:
    """Builds the article of a file.

    Args:
        slug: The file's path relative to the articles' folder.
        digest: The digest of the file, as `index.documents.digests` makes it.
        contents: What the reader of the file's format found in it.
        sidecar: The fields of the file's sidecar.
    """
    stated = {**contents.metadata.values, **sidecar.values}
    title = find_title(contents, _value(contents.metadata.values, "title", str))
    return Article(
        slug=slug,
        title=_value(sidecar.values, "title", str) or title.text,
        text=contents.text,
        published=as_date(stated.get("published")) or find_date(title.below) or date_in_name(slug),
        url=_value(stated, "url", str),
        digest=digest,
        body=contents.body,
        author=_value(stated, "author", str),
        updated=as_date(stated.get("updated")) or find_date(title.below, updated=True),
        tags=_value(stated, "tags", tuple) or (),
        description=_value(stated, "description", str),
        structure=contents.structure or plain_structure(contents.text, contents.body),
        extractor=contents.extractor,
    )


def _value(values: Mapping[str, Value], name: str, kind: type[_T]) -> _T | None:
    """Returns a field of metadata; None if the metadata lacks it, or it is of another kind."""
    value = values.get(name)
    return value if isinstance(value, kind) and value else None
