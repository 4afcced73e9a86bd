"""The step before or after another: "What do I do after I handed over the old badge?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.spans import Span
from index.documents.visible import visible_text
from index.passages.words import words
from retrieval.listing import is_numbered, item_number, neighbouring_item

if TYPE_CHECKING:
    from index.documents.article import Article

_SIDE = r"(?P<side>after|once|before|nach|nachdem|vor|bevor)"
_ASKING = r"(?:what|which|was|welche[rsn]?)"
_NEIGHBOUR = (
    re.compile(rf"^\W*{_SIDE}\b(?P<known>[^?,]+),.*\b{_ASKING}\b", re.IGNORECASE | re.DOTALL),
    re.compile(rf"^[^?]*?\b{_ASKING}\b[^?]*?\b{_SIDE}\b(?P<known>[^?]+)", re.IGNORECASE),
)
_BEFORE = frozenset(("before", "vor", "bevor"))
# German words that name no step; `words` leaves out the English ones.
_NAMING_NOTHING = frozenset(
    "ich du man wir der die das den dem des ein eine einen einem habe hast hat haben bin bist ist"
    " wurde werden wird schritt step".split()
)
# A step is the one that is named if it has this share of the words that name it.
_MIN_NAMED_SHARE = 0.5


def neighbouring_step(question: str, answer: Span) -> Span | None:
    """Returns the step that is asked for where the answer is the step that the question names.

    Args:
        question: What is asked.
        answer: The words that seem to answer.

    Returns:
        The step before or after the answer's step; None where the question names no step, or
        another step than that of the answer.
    """
    found = next(filter(None, (pattern.search(question) for pattern in _NEIGHBOUR)), None)
    article = answer.article
    structure = structure_of(article)
    at = structure.block_at(answer.start)
    if found is None or at is None or not is_numbered(article, at):
        return None
    known = set(words(found["known"])) - _NAMING_NOTHING
    if not known or len(known & _stems(article, at)) < _MIN_NAMED_SHARE * len(known):
        return None
    step = -1 if found["side"].lower() in _BEFORE else 1
    row = neighbouring_item(structure, at, step)
    return None if row is None else _without_number(article, row)


def _stems(article: Article, position: int) -> set[str]:
    structure = structure_of(article)
    block = structure.blocks[position]
    return set(words(visible_text(article.text, structure, block.start, block.end)))


def _without_number(article: Article, position: int) -> Span | None:
    """Returns a step without its number; None where nothing stands behind the number."""
    block = structure_of(article).blocks[position]
    number = item_number(article, position)
    start = number.end() if number else block.start
    while start < block.end and article.text[start].isspace():
        start += 1
    return Span(article, start, block.end) if start < block.end else None
