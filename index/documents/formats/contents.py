"""What the reader of a format returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader found in the bytes of one file.

    Attributes:
        text: The text that quotes are taken from; every offset counts its code points.
        body: Where the article's own text begins; what stands before it is not indexed.
        metadata: What the file states about itself, such as "title", "published" or "url".
    """

    text: str
    body: int
    metadata: Mapping[str, object]


class UnreadableError(Exception):
    """The bytes of a file are not an article; the text says why, for a person."""
