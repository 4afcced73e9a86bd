"""What the reader of a format returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.fields import Fields
    from index.documents.structure import Structure


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader found in the bytes of one file.

    Attributes:
        text: The text of record, which quotes are taken from; every offset counts its code points.
        body: Where the article's own text begins; what stands before it is not indexed.
        metadata: What the file states about itself, and what of that cannot be used.
        structure: The blocks of the text; None for plain text, whose lines are looked at later.
        extractor: The name and version of what made `text` from the bytes; empty where `text` is
            the decoded file itself.
        notes: What people should know about how the file was read, a clause each: "it was read as
            Windows-1252".
    """

    text: str
    body: int
    metadata: Fields
    structure: Structure | None = None
    extractor: str = ""
    notes: tuple[str, ...] = ()


class UnreadableError(Exception):
    """The bytes of a file are not an article; the text says why, for a person."""
