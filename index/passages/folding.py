"""What does not count when texts are compared: case, accents, entities, invisible characters."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from index.documents.visible import INVISIBLE

_SOFT_LINE_END = re.compile(r"\u00ad(?=[ \t]*\r?\n)")
# Without its semicolon an "&copy" is more often part of an address than a sign.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ACCENT = re.compile(r"[\u0300-\u036f]+")
# Letters that are no letter with an accent to Unicode, as they are written without them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def without_invisible(text: str) -> str:
    """Returns a text without soft hyphens and zero-width characters.

    A soft hyphen at the end of a line is seen: it becomes a hyphen.
    """
    if text.isascii():
        return text
    return INVISIBLE.sub("", _SOFT_LINE_END.sub("-", text))


def as_read(text: str) -> str:
    """Returns the characters that a reader sees, each in one form.

    HTML entities are decoded, width and ligature variants are folded (NFKC), and invisible
    characters are dropped. Case and accents stay.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", without_invisible(text))


def folded(text: str) -> str:
    """Returns a text in lower case and without accents: "Núñez" and "NUNEZ" are equal."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", lower.translate(_LETTERS)))
    return unicodedata.normalize("NFC", bare)


folded_word = lru_cache(maxsize=65536)(folded)
"""Does the same for a single word, and remembers it."""
