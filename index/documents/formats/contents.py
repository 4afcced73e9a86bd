"""What the reader of a format returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.fields import Fields


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader found in the bytes of one file.

    Attributes:
        text: The text that quotes are taken from; every offset counts its code points.
        body: Where the article's own text begins; what stands before it is not indexed.
        metadata: What the file states about itself, and what of that cannot be used.
    """

    text: str
    body: int
    metadata: Fields


class UnreadableError(Exception):
    """The bytes of a file are not an article; the text says why, for a person."""
