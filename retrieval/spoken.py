"""Who says something: the sentences of a quotation, and the name in front of a turn of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.outline import block_of
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.spans import Sentence
    from index.documents.structure import Block, Range

# So many sentences of a quotation are shown at most.
_MAX_SENTENCES = 4
# Which mark closes a quotation that another mark opens.
_PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"'}
_LABEL = re.compile(r"[^:\n]{1,80}:")


def spoken_rows(rows: range, sentences: Sequence[Sentence]) -> range:
    """Returns the rows of some sentences, with those that complete a quotation which they are in.

    The sentences of a quotation say nothing without who says them. That mostly stands in the
    sentence in which the quotation ends, or in that in which it begins.

    Args:
        rows: Neighbouring sentences.
        sentences: All sentences.
    """
    first, last = rows[0], rows[-1]
    block = block_of(sentences[first])
    around = [
        row
        for row in range(max(first - _MAX_SENTENCES, 0), min(last + _MAX_SENTENCES, len(sentences)))
        if sentences[row].article is sentences[first].article and block_of(sentences[row]) == block
    ]
    if not around:
        return rows
    depths = _depths([sentences[row].visible for row in around])
    while first > around[0] and last - first < _MAX_SENTENCES and depths[first - around[0]] > 0:
        first -= 1
    while last < around[-1] and last - first < _MAX_SENTENCES and depths[last + 1 - around[0]] > 0:
        last += 1
    return range(first, last + 1)


def speaker_label(article: Article, block: Block) -> Range | None:
    """Returns where the name in front of a turn of speech stands; None for any other block."""
    if block.kind is not BlockKind.TURN:
        return None
    found = _LABEL.match(article.text, block.start, block.end)
    return found.span() if found else None


def _depths(texts: Sequence[str]) -> list[int]:
    """Returns in how many quotations each text begins, and in how many the last one ends."""
    closing: list[str] = []
    depths = [0]
    for text in texts:
        for char in text:
            if closing and char == closing[-1]:
                closing.pop()
            elif char in _PAIRS:
                closing.append(_PAIRS[char])
        depths.append(len(closing))
    return depths
