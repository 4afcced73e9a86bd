"""Text and Markdown: both are read as they are written, with front matter before the body."""

from __future__ import annotations

import codecs
import re

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.front_matter import split_front_matter


def read_plain_text(data: bytes) -> Contents:
    """Decodes the bytes of a text or Markdown file, and changes no character.

    Raises:
        UnreadableError: The bytes are not UTF-8, hold NUL, or hold no letter and no digit.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it is not UTF-8 (byte {error.start}){_looks_like(data)}; save it as UTF-8"
        ) from error
    if "\0" in text:
        raise UnreadableError(
            f"it holds NUL bytes (character {text.index(chr(0))}): it is not text"
        )
    if not re.search(r"\w", text):
        raise UnreadableError("it is empty")
    metadata, body = split_front_matter(text)
    return Contents(text, body, metadata)


def _looks_like(data: bytes) -> str:
    """Returns which encoding bytes are in that are not UTF-8, as far as that can be told.

    A file is not decoded by a guess: what is shown as its own words must be its own words.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ", it looks like UTF-16"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return ", it looks like Windows-1252"
