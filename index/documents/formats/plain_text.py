"""Plain text: it is read as it is written, with front matter before the body."""

from __future__ import annotations

import re

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.front_matter import split_front_matter


def read_plain_text(data: bytes) -> Contents:
    """Decodes the bytes of a text file, and changes no character.

    Raises:
        UnreadableError: The bytes are not text, or hold no letter and no digit.
    """
    text, notes = decode(data)
    if not re.search(r"\w", text):
        raise UnreadableError("it is empty")
    metadata, body = split_front_matter(text)
    return Contents(text, body, metadata, notes=notes)
