"""The structure of a document: its blocks, and what of its text no reader of the page sees."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# Start and end of a stretch of text, in code points; the end is not included.
Range: TypeAlias = tuple[int, int]
# No block is understood better with more: an item of an item of an item, its lead-in, its question.
_MAX_OWNERS = 12


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list; a numbered item holds its number
    TABLE_HEADER = "table_header"
    ROW = "row"  # of a table, below its header
    CODE = "code"
    QUOTATION = "quotation"
    QUESTION = "question"  # of a page of questions and answers
    TERM = "term"  # what a definition defines
    DEFINITION = "definition"
    CAPTION = "caption"
    TURN = "turn"  # what one speaker says in a conversation


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that belongs together and is set apart on the page.

    Attributes:
        kind: What the block is.
        start: Where its first visible character stands.
        end: The end after its last visible character.
        level: Of a heading 1 to 6, or 7 for a bold line that stands for a heading; of an item 1 for
            a list in no other list, 2 for a list in it, and so on; 0 for other blocks.
        heading: The position of the nearest heading above, in the document's blocks; None where
            there is none. For a heading it is the heading that it stands under.
        owner: The position of the block that this block is not understood without: the lead-in or
            the item above a list, the header of a table, the question above an answer, the term
            above a definition. None where there is none.
        group: Which list or table the block belongs to: equal numbers are one list or one table.
            None for other blocks.
        page: The page of the document, from 1; 0 where the document has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    heading: int | None = None
    owner: int | None = None
    group: int | None = None
    page: int = 0


class MarkKind(StrEnum):
    """How a stretch of text looks on the page."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that looks different from the text around it.

    Attributes:
        kind: How it looks.
        start: Where it begins, in code points.
        end: Its end, not included.
        target: Where a link's target stands in the text; None for other marks.
    """

    kind: MarkKind
    start: int
    end: int
    target: Range | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of one document.

    Every visible character that is not white space lies in exactly one block.

    Attributes:
        blocks: In the order of the text; no two blocks overlap.
        hidden: What no reader of the page sees, in order, without white space at the ends of a
            range: comments, markup, the targets of links.
        entities: Visible ranges that stand for another character, in order: "&amp;".
        marks: How visible text looks, by start.
    """

    blocks: tuple[Block, ...] = ()
    hidden: tuple[Range, ...] = ()
    entities: tuple[Range, ...] = ()
    marks: tuple[Mark, ...] = ()

    def block_at(self, place: int) -> int | None:
        """Returns the position of the last block that begins at or before a place in the text."""
        at = bisect_right(self.blocks, place, key=lambda block: block.start) - 1
        return at if at >= 0 else None

    def headings_of(self, position: int) -> tuple[int, ...]:
        """Returns the positions of the headings above a block, the outermost first."""
        path: list[int] = []
        above = self.blocks[position].heading
        while above is not None:
            path.append(above)
            above = self.blocks[above].heading
        return tuple(reversed(path))

    def owners_of(self, position: int) -> tuple[int, ...]:
        """Returns the positions of the blocks that a block belongs to, the outermost first.

        Only the nearest owners are returned where a hundred lead-ins follow one another.
        """
        path: list[int] = []
        above = self.blocks[position].owner
        while above is not None and len(path) < _MAX_OWNERS:
            path.append(above)
            above = self.blocks[above].owner
        return tuple(reversed(path))
