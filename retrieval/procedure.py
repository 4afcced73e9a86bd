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

# A section with so many blocks of code between its paragraphs is a procedure.
_MIN_CODE_BLOCKS = 2


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
    lists = {
        tuple(outermost_list(structure, row))
        for row in rows
        if row > position and is_numbered(article, row)
    }
    if len(lists) == 1:
        return first_blocks(structure, start, lists.pop())
    blocks = [structure.blocks[row] for row in rows]
    codes = sum(block.kind is BlockKind.CODE for block in blocks)
    whole = Stretch(blocks[0].start, blocks[-1].end)
    is_short = whole.end - whole.start <= MAX_WHOLE_CHARS
    return whole if codes >= _MIN_CODE_BLOCKS and is_short else None


def _section_rows(article: Article, position: int) -> list[int]:
    """Returns the blocks of a block's section, in order, without its heading."""
    blocks = structure_of(article).blocks
    section = block_section(article, position)
    first = last = position
    while first > 0 and _is_in(article, first - 1, section):
        first -= 1
    while last + 1 < len(blocks) and _is_in(article, last + 1, section):
        last += 1
    return list(range(first, last + 1))


def _is_in(article: Article, row: int, section: object) -> bool:
    is_heading = structure_of(article).blocks[row].kind is BlockKind.HEADING
    return not is_heading and block_section(article, row) == section
