"""Quotation marks in a question: around several words, or straight, they demand their words.

A phone makes quotation marks curly of its own accord, so curly marks around one word demand
nothing.
"""

from __future__ import annotations

import re

_MARKS = '"“”«»„'
_QUOTED = re.compile(f"[{_MARKS}]([^{_MARKS}]{{2,200}})[{_MARKS}]")
_CURLY_WORD = re.compile(r"[^\"]\s?\S+\s?[^\"]")


def demanded_phrases(text: str, read: str) -> tuple[str, ...]:
    """Returns the phrases that a text demands, as they were typed but with single blanks.

    Curly marks around single words count here as well: what is left of others once those are gone
    may look like a pair.

    Args:
        text: The whole text.
        read: The part of it that is read; phrases elsewhere are not demanded.
    """
    every = _QUOTED.finditer(" ".join(text.split()))
    meant = (quoted for quoted in every if not _CURLY_WORD.fullmatch(quoted.group()))
    phrases = (quoted[1].strip() for quoted in meant if quoted.group() in read)
    return tuple(dict.fromkeys(phrases))


def without_curly_words(text: str) -> str:
    """Returns a text with single blanks, and without the curly marks around single words."""
    plain = _QUOTED.sub(_without_curly_marks, " ".join(text.split()))
    return " ".join(plain.split())


def _without_curly_marks(quoted: re.Match[str]) -> str:
    """Returns one quoted word without its curly marks; anything else as it is.

    Where a mark alone parts the word from another, a blank takes its place.
    """
    if not _CURLY_WORD.fullmatch(quoted.group()):
        return quoted.group()
    start, end = quoted.span()
    before, after = quoted.string[:start][-1:], quoted.string[end : end + 1]
    left = " " if before.isalnum() else ""
    return f"{left}{quoted[1].strip()}{' ' if after.isalnum() else ''}"
