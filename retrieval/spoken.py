"""Who says something: the sentences of a quotation, and the name in front of a turn of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.outline import block_of, block_section, block_text, structure_of
from index.documents.structure import BlockKind
from retrieval.sentence_places import sentence_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.spans import Sentence
    from index.documents.structure import Block, Range

# So many sentences of a quotation are shown at most.
_MAX_SENTENCES = 5
# So many blocks of a quotation on either side of one are looked at.
_MAX_BLOCKS = 50
# Which mark closes a quotation that another mark opens.
_PAIRS = {"“": "”", "„": "“", "«": "»", '"': '"'}
_ATTRIBUTION = re.compile(r"(?:[—–―]|--)\s*\w")
_LABEL = re.compile(r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?[^:\n]{1,80}:")


def spoken_rows(rows: range, sentences: Sequence[Sentence]) -> range:
    """Returns the rows of some sentences, with those that complete a quotation which they are in.

    The sentences of a quotation say nothing without who says them. That mostly stands in the
    sentence in which the quotation ends, or in that in which it begins.

    Args:
        rows: Neighbouring sentences.
        sentences: All sentences.
    """
    first, last, reach = rows[0], rows[-1], _MAX_SENTENCES - 1
    block = block_of(sentences[first])
    around = [
        row
        for row in range(max(first - reach, 0), min(last + reach, len(sentences)))
        if sentences[row].article is sentences[first].article and block_of(sentences[row]) == block
    ]
    if not around:
        return rows
    depths = _depths([sentences[row].visible for row in around])
    while first > around[0] and last - first < reach and depths[first - around[0]] > 0:
        first -= 1
    while last < around[-1] and last - first < reach and depths[last + 1 - around[0]] > 0:
        last += 1
    return range(first, last + 1)


def speaker_label(article: Article, block: Block) -> Range | None:
    """Returns where the name in front of a turn of speech stands; None for any other block."""
    if block.kind is not BlockKind.TURN:
        return None
    found = _LABEL.match(article.text, block.start, block.end)
    return found.span() if found else None


def answers_a_question(article: Article, position: int) -> bool:
    """Returns whether a block answers a question of its article: a heading or a line above it."""
    structure = structure_of(article)
    section = block_section(article, position)
    if section.question is not None:
        return True
    return section.heading is not None and block_text(
        article, structure.blocks[section.heading]
    ).endswith("?")


def first_sentence_of_answer(
    article: Article, position: int, sentences: Sequence[Sentence], row: int
) -> list[Range]:
    """Returns the first sentence below the question that a block answers; [] where there is none.

    It says yes or no; what stands below it says why.

    Args:
        article: The article.
        position: The block.
        sentences: All sentences of the library.
        row: A sentence of the block.
    """
    if not answers_a_question(article, position):
        return []
    structure = structure_of(article)
    section = block_section(article, position)
    above = max(row for row in (section.question, section.heading) if row is not None)
    first = structure.blocks[above + 1]
    if above + 1 >= position or first.kind is not BlockKind.PARAGRAPH:
        return []
    sentence = sentence_at(sentences, row, first.start)
    is_inside = sentence is not None and first.start <= sentence.start and sentence.end <= first.end
    return [(sentence.start, sentence.end)] if sentence is not None and is_inside else []


def blocks_said_together(article: Article, position: int) -> list[int]:
    """Returns a block with the blocks beside it that belong to the same quotation, in order.

    A quotation goes on as long as its blocks do; a line that begins with a dash names who says it.
    """
    blocks = structure_of(article).blocks
    if blocks[position].kind is not BlockKind.QUOTATION:
        return [position]
    lowest, highest = max(position - _MAX_BLOCKS, 0), min(position + _MAX_BLOCKS, len(blocks) - 1)
    first = last = position
    while first > lowest and blocks[first - 1].kind is BlockKind.QUOTATION:
        first -= 1
    while last < highest and _goes_on(article, blocks[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _goes_on(article: Article, block: Block) -> bool:
    is_more = block.kind is BlockKind.QUOTATION
    return is_more or bool(_ATTRIBUTION.match(article.text, block.start, block.end))


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
