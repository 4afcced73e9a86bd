"""Counts the faults in where an article's sentences begin and end, without any question."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.spans import Sentence

FENCE = re.compile(r"^[ \t]*(```+|~~~+).*?(?:^[ \t]*\1|\Z)", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\r?\n.*?^(?:\1|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
# An address between angle brackets, such as <a@b.org>, is no tag: it holds "@" or "://".
TAG = re.compile(r"<!--|</?[a-z][a-z0-9-]*(?:\s(?:[^<>\"]|\"[^\"]*\")*)?/?>", re.IGNORECASE)
# What may stand before the first word of a sentence: emphasis, a name or a number with its sign
# (@someone, #7, .env, --flag), an ellipsis, inline code.
OPENING = re.compile(r"[*_~]+(?=[^\s*_~])|[@#./&%\\-]+\w|\.{2,}\s?\w|`")
# The marks of a table row and of a quotation, which Unicode calls symbols.
BLOCK_MARKS = "|>"


@dataclass(frozen=True, slots=True)
class Faults:
    """How many sentences of some articles there are, and how many have each fault.

    Attributes:
        sentences: How many sentences there are.
        in_word: How many begin or end inside a word.
        punctuation: How many begin with punctuation.
        cut: How many end although the same block goes on with a lower-case letter.
        marks: How many hold a tag or front matter.
    """

    sentences: int = 0
    in_word: int = 0
    punctuation: int = 0
    cut: int = 0
    marks: int = 0

    def __add__(self, other: Faults) -> Faults:
        """Returns the sums."""
        return Faults(
            self.sentences + other.sentences,
            self.in_word + other.in_word,
            self.punctuation + other.punctuation,
            self.cut + other.cut,
            self.marks + other.marks,
        )


def count_faults(article: Article, sentences: Sequence[Sentence]) -> Faults:
    """Counts the faults of an article's sentences; blocks of code count for the first alone."""
    text = article.text
    fences = [match.span() for match in FENCE.finditer(text)]
    prose = [
        each for each in sentences if not any(start <= each.start < end for start, end in fences)
    ]
    return Faults(
        len(sentences),
        sum(splits_word(text, each.start) or splits_word(text, each.end) for each in sentences),
        sum(begins_with_punctuation(text, each.start) for each in prose),
        sum(goes_on(text, left, right) for left, right in pairwise(prose)),
        sum(each.start < front_matter_end(text) or shows_tag(each) for each in prose),
    )


def shows_tag(sentence: Sentence) -> bool:
    """Returns whether a reader sees a tag in a sentence; what stands in code is no tag."""
    return has_tag(sentence.text) and has_tag(sentence.visible)


def splits_word(text: str, at: int) -> bool:
    """Returns whether a cut lies between two letters or digits."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def begins_with_punctuation(text: str, start: int) -> bool:
    """Returns whether a sentence begins with a mark that opens nothing.

    A dash in front of a name under a quotation opens its line.
    """
    first = text[start]
    if first in BLOCK_MARKS:
        return True
    if first == "\\":  # it hides nothing but itself
        return False
    if OPENING.match(text, start) or unicodedata.category(first) in {"Ps", "Pi"}:
        return False
    before = text[:start].rstrip(" \t>")
    if first in "—–" and (not before or before[-1] == "\n"):
        return False
    return unicodedata.category(first).startswith("P") and first not in "\"'¿¡"


def goes_on(text: str, left: Sentence, right: Sentence) -> bool:
    """Returns whether the block of a sentence goes on after it with a lower-case letter."""
    between = text[left.end : right.start]
    line = text[text.rfind("\n", 0, left.start) + 1 : left.end].lstrip()
    if between.strip() or between.count("\n") > 1 or line.startswith(("#", "|")):
        return False
    return text[right.start].islower()


def front_matter_end(text: str) -> int:
    """Returns where the front matter of a text ends; 0 if it has none."""
    match = FRONT_MATTER.match(text)
    return match.end() if match else 0


def has_tag(text: str) -> bool:
    """Returns whether a text shows an HTML tag or comment outside inline code."""
    return bool(TAG.search(INLINE_CODE.sub("", text)))
