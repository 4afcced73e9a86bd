"""The step before or after another: "What do I do after I handed over the old badge?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.spans import Span
from index.documents.visible import visible_text
from index.passages.words import words
from retrieval.listing import is_numbered

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.structure import Block

_NEIGHBOUR = re.compile(
    r"\b(?:what|which|was|welche[rs]?)\b[^?]*?\b(?P<side>after|once|before|nach|nachdem|vor|bevor)\b"
    r"(?P<known>[^?]+)",
    re.IGNORECASE,
)
_BEFORE = frozenset(("before", "vor", "bevor"))
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
    found = _NEIGHBOUR.search(question)
    structure = structure_of(answer.article)
    at = structure.block_at(answer.start)
    if found is None or at is None or not is_numbered(answer.article, at):
        return None
    blocks = structure.blocks
    own = answer.article, blocks[at]
    known = set(words(found["known"]))
    if not known or len(known & _stems(*own)) < _MIN_NAMED_SHARE * len(known):
        return None
    step = -1 if found["side"].lower() in _BEFORE else 1
    rows = range(at + step, len(blocks) if step > 0 else -1, step)
    same = (row for row in rows if blocks[row].group == blocks[at].group)
    row = next((row for row in same if is_numbered(answer.article, row)), None)
    return None if row is None else _without_number(answer.article, blocks[row])


def _stems(article: Article, block: Block) -> set[str]:
    return set(words(visible_text(article.text, article.structure, block.start, block.end)))


def _without_number(article: Article, block: Block) -> Span:
    text = article.text[block.start : block.end]
    number = re.match(r"\d+[.)]\s*", text)
    return Span(article, block.start + (number.end() if number else 0), block.end)
