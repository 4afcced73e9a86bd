"""The structure of a document while it is being found."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.documents.dialogue import goes_on
from index.documents.markdown.lines import hidden_ranges
from index.documents.structure import Block, BlockKind, Structure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.structure import Mark, Range

# How a block ends that says nothing without the block after it.
_POINTS_ON = re.compile(
    r"(?:[:：]|\b(?:as follows|the following(?: \w+){0,3}|these steps|steps below))[\s.*_]*$",
    re.IGNORECASE,
)
_TAIL_CHARS = 80  # how much of a block's end is looked at
_FIRST_STEP = re.compile(r"\W*(?:1|\u2460|\u2776|(?:Step|Schritt) 1)(?!\d)")
# Levels of headings: a bold line stands for a heading below all others.
BOLD_LINE = 7


@dataclass(slots=True)
class Draft:
    """Blocks in the order in which they are found, and all that is visible.

    Attributes:
        text: The text of the document.
        start: Where the document's own text begins.
        blocks: The blocks so far.
        visible: The visible ranges so far.
        entities: The visible ranges that stand for another character.
        marks: How visible text looks.
    """

    text: str
    start: int
    blocks: list[Block] = field(default_factory=list)
    visible: list[Range] = field(default_factory=list)
    entities: list[Range] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _groups: int = 0
    _headings: list[int] = field(default_factory=list)
    _question: int | None = None

    def add(
        self,
        kind: BlockKind,
        ranges: Sequence[Range],
        *,
        level: int = 0,
        owner: int | None = None,
        group: int | None = None,
    ) -> int | None:
        """Adds a block and returns its position; None where nothing is to be seen.

        Args:
            kind: What the block is.
            ranges: What is visible of it, in order.
            level: See `Block`.
            owner: See `Block`; without it the block belongs to the block above that points on, or
                to the question above.
            group: See `Block`.
        """
        filled = [at for at, each in enumerate(ranges) if self.text[slice(*each)].strip()]
        if not filled:
            return None
        seen = ranges[filled[0] : filled[-1] + 1]
        first = self.text[seen[0][0] : seen[0][1]]
        last = self.text[seen[-1][0] : seen[-1][1]]
        start = seen[0][0] + len(first) - len(first.lstrip())
        end = seen[-1][1] - (len(last) - len(last.rstrip()))
        self.visible += seen
        if kind is BlockKind.HEADING:
            self._close_headings(level)
        block = Block(
            kind,
            start,
            end,
            level=level,
            heading=self._headings[-1] if self._headings else None,
            owner=self._owner(kind, owner, start),
            group=group,
        )
        self.blocks.append(block)
        position = len(self.blocks) - 1
        if kind is BlockKind.HEADING:
            self._headings.append(position)
        if kind in {BlockKind.HEADING, BlockKind.QUESTION}:
            self._question = position if kind is BlockKind.QUESTION else None
        return position

    def new_group(self) -> int:
        """Returns the number of a new list or table."""
        self._groups += 1
        return self._groups

    def lead_in(self) -> int | None:
        """Returns the position of the last block if it points on to the next; else None."""
        if not self.blocks:
            return None
        last = self.blocks[-1]
        ends_open = _POINTS_ON.search(self.text[max(last.start, last.end - _TAIL_CHARS) : last.end])
        is_lead_in = last.kind not in {BlockKind.HEADING, BlockKind.CODE} and ends_open
        return len(self.blocks) - 1 if is_lead_in else None

    def group_of_step(self, start: int) -> int:
        """Returns the list of a step that is a paragraph, which begins at a place in the text.

        Other paragraphs may stand between two steps. The first step, or a heading, begins a list.
        """
        is_first = _FIRST_STEP.match(self.text, start)
        for block in reversed(self.blocks):
            if is_first or block.kind is BlockKind.HEADING:
                break
            if block.kind is BlockKind.ITEM and block.group is not None:
                return block.group
        return self.new_group()

    def leave_bold_line(self) -> None:
        """Ends the section of a bold line, where its frame ends."""
        self._close_headings(BOLD_LINE)
        self._question = None

    def structure(self, pages: Sequence[int] = ()) -> Structure:
        """Returns the structure, its blocks in the order of the text.

        Args:
            pages: Where each page begins in the text.
        """
        order = sorted(range(len(self.blocks)), key=lambda at: self.blocks[at].start)
        moved = {old: new for new, old in enumerate(order)}
        blocks = [
            replace(
                block,
                heading=None if block.heading is None else moved[block.heading],
                owner=None if block.owner is None else moved[block.owner],
                page=bisect_right(pages, block.start),
            )
            for block in (self.blocks[at] for at in order)
        ]
        hidden = hidden_ranges(self.text, self.start, sorted(self.visible))
        marks = sorted(self.marks, key=lambda mark: (mark.start, -mark.end))
        return Structure(tuple(blocks), tuple(hidden), tuple(sorted(self.entities)), tuple(marks))

    def _close_headings(self, level: int) -> None:
        while self._headings and self.blocks[self._headings[-1]].level >= level:
            self._headings.pop()

    def _owner(self, kind: BlockKind, owner: int | None, start: int) -> int | None:
        if owner is not None or kind is BlockKind.HEADING:
            return owner
        lead_in = self.lead_in()
        if lead_in is not None:
            return lead_in
        if kind is BlockKind.QUESTION and not goes_on(self.text[start : start + 40]):
            return None
        return self._question
