"""From the HTML in a Markdown document to blocks: headings, lists, tables, definitions, code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.documents.markdown.draft import BOLD_LINE
from index.documents.markdown.html_text import html_lines
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from index.documents.markdown.draft import Draft
    from index.documents.markdown.html_text import HtmlLine
    from index.documents.structure import Range

_HEADING = re.compile(r"h([1-6])")
_KINDS = {
    "blockquote": BlockKind.QUOTATION,
    "caption": BlockKind.CAPTION,
    "dd": BlockKind.DEFINITION,
    "dt": BlockKind.TERM,
    "figcaption": BlockKind.CAPTION,
    "pre": BlockKind.CODE,
    "textarea": BlockKind.CODE,
}


@dataclass(slots=True)
class _Row:
    """A row of a table that is open.

    Attributes:
        is_header: Whether it is the header of its table.
        cells: How many cells it has so far.
        ranges: What is visible of it so far.
    """

    is_header: bool = False
    cells: int = 0
    ranges: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    """A list that is open: its number, what it belongs to, and its last item."""

    group: int
    owner: int | None
    item: int | None = None


class HtmlBlocks:
    """Adds the blocks of HTML to a draft; a table or a list may go on over several pieces."""

    def __init__(self, draft: Draft) -> None:
        """Keeps the draft that blocks are added to."""
        self._draft = draft
        self._lists: list[_List] = []
        self._row: _Row | None = None
        self._table: tuple[int, int | None] | None = None
        self._term: int | None = None

    def add(self, start: int, end: int) -> None:
        """Adds what is visible of a stretch of the text."""
        for line in html_lines(self._draft.text, start, end):
            self._frame(line.tag)
            if self._row is not None:
                self._row.ranges += line.ranges
                self._draft.entities += line.entities
            elif self._add_line(line) is not None:
                self._draft.entities += line.entities

    def end_row(self) -> None:
        """Adds the row that is open, if there is one."""
        row, self._row = self._row, None
        if row is None or self._table is None:
            return
        group, header = self._table
        kind = BlockKind.TABLE_HEADER if row.is_header else BlockKind.ROW
        position = self._draft.add(kind, row.ranges, owner=header, group=group)
        if row.is_header:
            self._table = group, position

    def _frame(self, tag: str) -> None:
        """Begins or ends what a tag begins or ends."""
        if tag in {"tr", "/tr", "/table", "table"}:
            self.end_row()
        if tag in {"table", "/table"}:
            self._table = (self._draft.new_group(), None) if tag == "table" else None
        elif tag == "tr" and self._table is not None:
            self._row = _Row()
        elif tag in {"td", "th"} and self._row is not None:
            self._add_cell(tag, self._row)
        elif tag in {"ul", "ol"}:
            owner = self._lists[-1].item if self._lists else self._draft.lead_in()
            self._lists.append(_List(self._draft.new_group(), owner))
        elif tag in {"/ul", "/ol"} and self._lists:
            self._lists.pop()
        elif tag == "/details":
            self._draft.leave_bold_line()

    def _add_cell(self, tag: str, row: _Row) -> None:
        """Notes a cell: the first row is the header if all its cells are headers."""
        is_first_row = self._table is not None and self._table[1] is None
        row.is_header = tag == "th" and is_first_row and (row.is_header or not row.cells)
        row.cells += 1

    def _add_line(self, line: HtmlLine) -> int | None:
        """Adds text outside of tables; returns the position of its block."""
        text = "".join(self._draft.text[start:end] for start, end in line.ranges).strip()
        heading = _HEADING.fullmatch(line.tag)
        if heading:
            return self._draft.add(BlockKind.HEADING, line.ranges, level=int(heading[1]))
        if line.tag in {"summary", "dt"} and text.endswith("?"):
            return self._draft.add(BlockKind.QUESTION, line.ranges)
        if line.tag == "summary":
            return self._draft.add(BlockKind.HEADING, line.ranges, level=BOLD_LINE)
        if self._lists:
            return self._add_to_list(line)
        kind = _KINDS.get(line.tag, BlockKind.PARAGRAPH)
        owner = self._term if kind is BlockKind.DEFINITION else None
        position = self._draft.add(kind, line.ranges, owner=owner)
        if kind is BlockKind.TERM:
            self._term = position
        return position

    def _add_to_list(self, line: HtmlLine) -> int | None:
        inner = self._lists[-1]
        if line.tag != "li":
            kind = _KINDS.get(line.tag, BlockKind.PARAGRAPH)
            return self._draft.add(kind, line.ranges, owner=inner.item, group=inner.group)
        position = self._draft.add(
            BlockKind.ITEM,
            line.ranges,
            level=len(self._lists),
            owner=inner.owner,
            group=inner.group,
        )
        inner.item = inner.item if position is None else position
        return position
