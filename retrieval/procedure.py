"""Where a section of an article says how something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.outline import block_section, structure_of
from index.documents.structure import BlockKind
from retrieval.listing import (
    MAX_WHOLE_CHARS,
    Stretch,
    first_blocks,
    is_numbered,
    outermost_list,
)

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.outline import Section

# A section with so many blocks of code between its paragraphs is a procedure.
_MIN_CODE_BLOCKS = 2
# Of a section so many blocks on either side of a sentence are looked at.
_MAX_BLOCKS = 100


def steps_from(article: Article, position: int, start: int) -> Stretch | None:
    """Returns the steps that a sentence of a section belongs to; None where there are none.

    They are the only numbered list below the sentence, with the sentence itself; or the whole
    section where it consists of paragraphs with code between them.

    Args:
        article: The article.
        position: The block in which the sentence stands.
        start: Where the sentence begins.
    """
    rows = _section_rows(article, position)
    structure = structure_of(article)
    lists: list[list[int]] = []
    for row in rows:
        is_known = bool(lists) and row <= lists[-1][-1]
        if row > position and not is_known and is_numbered(article, row):
            lists.append(outermost_list(structure, row) or [row])
    if len(lists) == 1:
        return first_blocks(structure, start, lists[0])
    blocks = [structure.blocks[row] for row in rows]
    codes = sum(block.kind is BlockKind.CODE for block in blocks)
    whole = Stretch(blocks[0].start, blocks[-1].end)
    is_short = whole.end - whole.start <= MAX_WHOLE_CHARS
    return whole if codes >= _MIN_CODE_BLOCKS and is_short else None


def _section_rows(article: Article, position: int) -> list[int]:
    """Returns the blocks of a block's section, in order, without its heading."""
    blocks = structure_of(article).blocks
    section = block_section(article, position)
    lowest, highest = max(position - _MAX_BLOCKS, 0), min(position + _MAX_BLOCKS, len(blocks) - 1)
    first = last = position
    while first > lowest and _is_in(article, first - 1, section):
        first -= 1
    while last < highest and _is_in(article, last + 1, section):
        last += 1
    return list(range(first, last + 1))


def _is_in(article: Article, row: int, section: Section) -> bool:
    is_heading = structure_of(article).blocks[row].kind is BlockKind.HEADING
    return not is_heading and block_section(article, row) == section
