"""Lists of an article: which blocks a list consists of, and how much of it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.article import Article
    from index.documents.structure import Structure

# A list, a table or code is shown whole up to so many characters and items; of a longer list the
# first items are shown. Both platforms show about 3,000 characters of one clipping.
MAX_WHOLE_CHARS = 1_500
MAX_ITEMS = 12
# The number before an item. "2 cups" and "3.5 kg" are no numbers of items.
_NUMBER = re.compile(
    r"(?:\d{1,9}[.)](?=\s)|\d\ufe0f?\u20e3|[\u2460-\u2473\u2776-\u277f]"
    r"|(?:Step|Schritt) \d{1,3}\b(?: ?[.:)–—-])?)",
    re.IGNORECASE,
)
_BULLETS = ("-", "*", "+")
# So many other blocks may stand between two items, where steps are paragraphs.
_MAX_BETWEEN = 20


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

    What stands in an item, such as a paragraph or another list, is among them, as are paragraphs
    between two steps. A heading ends the list. [] where the list begins so far above the block
    that both cannot be shown together.
    """
    blocks = structure.blocks
    chain = [*structure.owners_of(position), position]
    items = [row for row in chain if blocks[row].kind is BlockKind.ITEM]
    return same_list(structure, items[0] if items else position)


def same_list(structure: Structure, position: int) -> list[int]:
    """Returns the blocks of a block's own list or table, in order, with all between them.

    [] where it begins so far above the block that both cannot be shown together.
    """
    blocks = structure.blocks
    group = blocks[position].group
    if group is None:
        return [position]
    first = position
    for first in _rows_beside(structure, position, -1):
        if blocks[first].start < blocks[position].start - MAX_WHOLE_CHARS:
            return []
    last = max(_rows_beside(structure, position, 1), default=position)
    return list(range(first, last + 1))


def _rows_beside(structure: Structure, position: int, step: int) -> Iterator[int]:
    """Yields the blocks of a block's list or table before it (step -1) or after it (step 1)."""
    blocks = structure.blocks
    group = blocks[position].group
    row, between = position + step, 0
    while group is not None and 0 <= row < len(blocks) and between <= _MAX_BETWEEN:
        if blocks[row].kind is BlockKind.HEADING:
            return
        if _is_in(structure, row, group):
            between = 0
            yield row
        else:
            between += 1
        row += step


def _is_in(structure: Structure, row: int, group: int) -> bool:
    """Returns whether a block is of a list or table, or stands in a block that is."""
    blocks = structure.blocks
    return blocks[row].group == group or any(
        blocks[owner].group == group for owner in structure.owners_of(row)
    )


def neighbouring_item(structure: Structure, position: int, step: int) -> int | None:
    """Returns the item before or after another item of the same list; None where there is none.

    Args:
        structure: The structure of the article.
        position: The item.
        step: -1 for the item before, 1 for the item after.
    """
    blocks = structure.blocks
    for row in _rows_beside(structure, position, step):
        if blocks[row].group == blocks[position].group and blocks[row].kind is BlockKind.ITEM:
            return row
    return None


def with_inner_blocks(structure: Structure, position: int) -> list[int]:
    """Returns an item with the blocks that stand in it, in order."""
    last = position + 1
    while last < len(structure.blocks):
        owner = structure.blocks[last].owner
        if owner is None or owner < position:
            break
        last += 1
    return list(range(position, last))


def item_number(article: Article, position: int) -> re.Match[str] | None:
    """Returns the number before a numbered item; None for any other block."""
    block = structure_of(article).blocks[position]
    before = article.text[max(block.start - 8, 0) : block.start].rstrip(" \t")
    if block.kind is not BlockKind.ITEM or before.endswith(_BULLETS):
        return None  # "- 3. May: regatta" is no third step
    return _NUMBER.match(article.text, block.start, block.end)


def is_numbered(article: Article, position: int) -> bool:
    """Returns whether a block is an item with a number before it."""
    return item_number(article, position) is not None


def first_blocks(structure: Structure, start: int, rows: Sequence[int]) -> Stretch | None:
    """Returns as many items as may be shown together; None where not even the first may.

    Args:
        structure: The structure of the article.
        start: Where the stretch begins.
        rows: The blocks of the items, in order: of a list its outermost items with what stands in
            them, of a table its rows, else each block.
    """
    blocks = structure.blocks
    firsts = _first_rows(structure, rows)
    ends = [following - 1 for following in (*firsts[1:], rows[-1] + 1)] if firsts else []
    shown = 0
    while shown < min(len(ends), MAX_ITEMS) and blocks[ends[shown]].end - start <= MAX_WHOLE_CHARS:
        shown += 1
    if not shown:
        return None
    return Stretch(start, blocks[ends[shown - 1]].end, len(ends) - shown)


def _first_rows(structure: Structure, rows: Sequence[int]) -> list[int]:
    """Returns the block with which each item begins: an outermost item of a list, a row."""
    blocks = structure.blocks
    items = [row for row in rows if blocks[row].kind is BlockKind.ITEM]
    if items:
        outer = min(blocks[row].level for row in items)
        return [row for row in items if blocks[row].level == outer]
    return [row for row in rows if blocks[row].kind is not BlockKind.TABLE_HEADER]
