"""Markdown, and what other formats are turned into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import Contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.fields import Fields


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
    del pages  # kept with the blocks, once Markdown is parsed
    return Contents(text, body, metadata, extractor=extractor, notes=notes)
