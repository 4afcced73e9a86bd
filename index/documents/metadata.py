"""Filling the fields of an article from what is said beside it, at its head and in its first lines.

A sidecar wins over front matter, and a field of either wins over what the first lines show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.article import Article
from index.documents.dates import as_date, find_date
from index.documents.headline import find_headline, head_lines
from index.documents.plain_structure import plain_structure

if TYPE_CHECKING:
    from index.documents.fields import Fields
    from index.documents.formats.contents import Contents


def build_article(slug: str, digest: str, contents: Contents, sidecar: Fields) -> Article:
    """Builds the article of a file.

    Args:
        slug: The file's path relative to the articles' folder.
        digest: SHA-256 of the file's bytes, in hex.
        contents: What the reader of the file's format found in it.
        sidecar: The fields of the file's sidecar.
    """
    stated = {**contents.metadata.values, **sidecar.values}
    lines = head_lines(contents.text[contents.body :])
    position, headline = find_headline(lines) or (len(lines), None)
    return Article(
        slug=slug,
        title=_one_line(stated.get("title")) or headline,
        text=contents.text,
        published=as_date(stated.get("published"))
        or as_date(stated.get("date"))
        or find_date(lines[position + 1 :]),
        url=_one_line(stated.get("url")),
        digest=digest,
        body=contents.body,
        structure=contents.structure or plain_structure(contents.text, contents.body),
        extractor=contents.extractor,
    )


def _one_line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
