"""Reads Markdown, and text of other formats that was written as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import Contents
from index.documents.formats.plain_text import read_plain_text
from index.documents.markdown.finder import find_structure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.fields import Fields

# Finding the structure takes 2.5 s and 80 MB for each million characters.
MAX_MARKDOWN_CHARS = 5_000_000
_TOO_LARGE = "it is too large for its headings and lists to be found; it was read as plain text"


def read_markdown(data: bytes) -> Contents:
    """Decodes the bytes of a Markdown file, changes no character, and finds its structure.

    Raises:
        UnreadableError: See `read_plain_text`.
    """
    plain = read_plain_text(data)
    return from_markdown(plain.text, plain.metadata, body=plain.body, notes=plain.notes)


def from_markdown(
    text: str,
    metadata: Fields,
    *,
    body: int = 0,
    extractor: str = "",
    pages: Sequence[int] = (),
    notes: tuple[str, ...] = (),
) -> Contents:
    """Returns the contents of a text in Markdown.

    Args:
        text: The text of record.
        metadata: What the file states about itself.
        body: Where the article's own text begins.
        extractor: The name and version of what made the text; empty for a Markdown file.
        pages: Where each page begins in the text; empty for a document without pages.
        notes: What people should know about how the file was read.
    """
    if len(text) > MAX_MARKDOWN_CHARS:
        return Contents(text, body, metadata, None, extractor, (*notes, _TOO_LARGE))
    structure = find_structure(text, body, pages)
    return Contents(text, body, metadata, structure, extractor, notes)
