"""Lists of an article: which blocks a list consists of, and how much of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.structure import Structure

# A list, a table or code is shown whole up to so many characters and items; of a longer list the
# first items are shown. Both platforms show about 3,000 characters of one clipping.
MAX_WHOLE_CHARS = 1_500
MAX_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an article.

    Attributes:
        start: Where it begins.
        end: Its end, not included.
        more: How many items of its list are left out at its end.
    """

    start: int
    end: int
    more: int = 0


def outermost_list(structure: Structure, position: int) -> list[int]:
    """Returns the blocks of the outermost list in which a block stands, in order.

    What stands in an item, such as a paragraph or another list, is among them.
    """
    blocks = structure.blocks
    chain = [*structure.owners_of(position), position]
    items = [row for row in chain if blocks[row].kind is BlockKind.ITEM]
    group = blocks[items[0]].group if items else blocks[position].group
    rows: dict[int, None] = {}  # in order
    for row, block in enumerate(blocks):
        # What a block belongs to stands above it.
        if block.group == group or block.owner in rows:
            rows[row] = None
    return list(rows)


def with_inner_blocks(structure: Structure, position: int) -> list[int]:
    """Returns an item with the blocks that stand in it, in order."""
    rows = {position: None}  # in order
    for row in range(position + 1, len(structure.blocks)):
        if structure.blocks[row].owner not in rows:
            break
        rows[row] = None
    return list(rows)


def is_numbered(article: Article, position: int) -> bool:
    """Returns whether a block is an item with a number before it."""
    block = structure_of(article).blocks[position]
    return block.kind is BlockKind.ITEM and article.text[block.start].isdigit()


def first_blocks(structure: Structure, start: int, rows: Sequence[int]) -> Stretch | None:
    """Returns as many blocks as may be shown together; None where not even the first may.

    Args:
        structure: The structure of the article.
        start: Where the stretch begins.
        rows: The blocks, in order.
    """
    blocks = structure.blocks
    outer = min((blocks[row].level for row in rows), default=0)
    shown = 0
    items = 0
    for row in rows:
        items += blocks[row].level == outer
        if items > MAX_ITEMS or blocks[row].end - start > MAX_WHOLE_CHARS:
            break
        shown += 1
    if not shown:
        return None
    more = sum(blocks[row].level == outer for row in rows[shown:])
    return Stretch(start, blocks[rows[shown - 1]].end, more)
