"""Years and versions of a question that no article has: they tell things apart as names do."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.passages.words import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.library.library import Library

_YEAR = re.compile(r"1\d{3}|2[01]\d{2}")
_BEFORE_VERSION = frozenset(["version", "release", "v"])


def absent_numbers(words: Sequence[Word], library: Library) -> tuple[str, ...]:
    """Returns the years and versions among a question's words that stand in no article.

    The date, the file's name and the address of an article count as well.

    Args:
        words: All words of the question, in order.
        library: The articles.
    """
    return tuple(
        word.whole
        for before, word in pairwise([Word("", ""), *words])
        if _tells_apart(word, before)
        and word.whole not in library.vocabulary
        and not _is_in_metadata(word.whole, library)
    )


def _is_surely_version(typed: str) -> bool:
    """Tells whether a number is no amount: an article may round an amount, or write it out."""
    return typed[:1] in {"v", "V"} or typed.count(".") > 1 or "-" in typed


def _tells_apart(word: Word, before: Word) -> bool:
    """Tells whether a word is a year, or a version and no amount."""
    if word.is_version:
        named = before.whole in _BEFORE_VERSION
        return named or _is_surely_version(word.typed)
    return _YEAR.fullmatch(word.whole) is not None


def _is_in_metadata(number: str, library: Library) -> bool:
    return any(
        number in f"{article.published} {article.slug} {article.url} {article.text[: article.body]}"
        for article in library.articles
    )
