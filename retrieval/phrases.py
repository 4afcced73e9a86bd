"""Whether a text holds a phrase word for word."""

from __future__ import annotations

import re

from index.passages.folding import as_read, folded

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


def holds(text: str, phrase: str) -> bool:
    """Tells whether a text has the very words of a phrase, in their order.

    Case, accents, invisible characters, the form of apostrophes, and how much white space stands
    between words do not count. A phrase does not begin or end inside a word.
    """
    sought = _comparable(phrase)
    if not sought:
        return False
    before = r"(?<!\w)" if sought[0].isalnum() else ""
    after = r"(?!\w)" if sought[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(sought)}{after}", _comparable(text)) is not None


def _comparable(text: str) -> str:
    return " ".join(folded(as_read(text).translate(_APOSTROPHES)).split())
