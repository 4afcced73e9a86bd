"""From the tokens of a Markdown parser to the structure of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.documents.cells import cells
from index.documents.markdown.draft import BOLD_LINE, Draft
from index.documents.markdown.html_text import html_lines
from index.documents.markdown.inline import read_inline
from index.documents.markdown.lines import Lines, visible_ranges
from index.documents.markdown.paragraphs import Part, split_paragraph
from index.documents.markdown.parser import make_parser
from index.documents.structure import BlockKind, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from index.documents.markdown.inline import InlineText
    from index.documents.structure import Range, Structure

_NUMBER = re.compile(r"\d{1,9}[.)]")
_HTML_HEADING = re.compile(r"h([1-6])")


@dataclass(slots=True)
class _List:
    """A list that is open.

    Attributes:
        group: Its number.
        owner: The block that leads in to it, or the item that it stands in.
        number: The line of the number of an item that has no block yet; None otherwise.
        item: The block of the item that is open.
        is_new: Whether the open item has no block yet.
    """

    group: int
    owner: int | None
    number: int | None = None
    item: int | None = None
    is_new: bool = False


def find_structure(text: str, start: int = 0, pages: Sequence[int] = ()) -> Structure:
    """Returns the structure of a Markdown document.

    Args:
        text: The text of the document.
        start: Where its own text begins, after front matter.
        pages: Where each page begins in the text; () for a document without pages.
    """
    return _Finder(text, start).find().structure(pages)


class _Finder:
    """Goes through the tokens of one document."""

    def __init__(self, text: str, start: int) -> None:
        self._parser = make_parser()
        self._environment: dict[str, Any] = {}
        self._tokens = self._parser.parse(text[start:], self._environment)
        self._lines = Lines(text, start)
        self._text = text
        self._draft = Draft(text, start)
        self._lists: list[_List] = []
        self._groups = 0
        self._quotes = 0
        self._table: tuple[int, int | None] | None = None
        self._term: int | None = None
        self._row = 0

    def find(self) -> Draft:
        """Adds the block of each token to a draft."""
        for at, token in enumerate(self._tokens):
            if token.type in _FRAMES:
                _FRAMES[token.type](self)
            elif token.type in _CONTENTS:
                _CONTENTS[token.type](self, at)
        return self._draft

    def heading(self, at: int) -> None:
        """Adds a heading."""
        token = self._tokens[at]
        inline = self._tokens[at + 1]
        self._add_inline(inline, BlockKind.HEADING, level=int(token.tag[1:]))

    def paragraph(self, at: int) -> None:
        """Adds a paragraph as the part of what it stands in."""
        inner = self._lists[-1] if self._lists else None
        inline = self._tokens[at + 1]
        if inner is not None and inner.is_new:
            inner.is_new = False
            inner.item = self._add_item(inline, inner)
        elif inner is not None:
            self._add_inline(inline, BlockKind.PARAGRAPH, owner=inner.item, group=inner.group)
        elif self._quotes:
            self._add_inline(inline, BlockKind.QUOTATION)
        elif self._term is not None:
            self._add_inline(inline, BlockKind.DEFINITION, owner=self._term)
        else:
            self._add_paragraph(inline)

    def term(self, at: int) -> None:
        """Adds what a definition defines."""
        self._term = self._add_inline(self._tokens[at + 1], BlockKind.TERM)

    def end_of_definitions(self) -> None:
        """Ends a list of definitions."""
        self._term = None

    def open_list(self) -> None:
        """Begins a list; the list belongs to the item that it stands in, or to its lead-in."""
        owner = self._lists[-1].item if self._lists else self._draft.lead_in()
        self._groups += 1
        self._lists.append(_List(self._groups, owner))

    def close_list(self) -> None:
        """Ends a list."""
        self._lists.pop()

    def item(self, at: int) -> None:
        """Begins an item, whose first paragraph becomes a block."""
        token = self._tokens[at]
        inner = self._lists[-1]
        inner.is_new, inner.item = True, None
        inner.number = token.map[0] if token.map and token.info else None

    def open_quotation(self) -> None:
        """Begins a quotation."""
        self._quotes += 1

    def close_quotation(self) -> None:
        """Ends a quotation."""
        self._quotes -= 1

    def code(self, at: int) -> None:
        """Adds a block of code, without its fences."""
        token = self._tokens[at]
        first = (token.map or [0])[0] + (token.type == "fence")
        content = token.content.removesuffix("\n")
        places = self._lines.places(content, first)
        item = self._lists[-1] if self._lists else None
        self._draft.add(
            BlockKind.CODE,
            visible_ranges(places, ()),
            owner=item.item if item else None,
            group=item.group if item else None,
        )

    def table(self) -> None:
        """Begins a table."""
        self._groups += 1
        self._table = (self._groups, None)

    def end_of_table(self) -> None:
        """Ends a table."""
        self._table = None

    def row(self, at: int) -> None:
        """Adds a row of a table; the first row is the header."""
        token = self._tokens[at]
        group, header = self._table or (0, None)
        start, end = self._lines.range((token.map or [0])[0])
        ranges: list[Range] = []
        for left, right in cells(self._text, start, end):
            inline = self._read(self._text[left:right])
            places = range(left, right)
            ranges += visible_ranges(places, inline.hidden)
            self._mark(inline, places)
        kind = BlockKind.TABLE_HEADER if header is None else BlockKind.ROW
        position = self._draft.add(kind, ranges, owner=header, group=group)
        if header is None:
            self._table = (group, position)

    def html(self, at: int) -> None:
        """Adds what is visible of a block of HTML, a block for each line."""
        token = self._tokens[at]
        first, last = token.map or [0, 0]
        start, end = self._lines.range(first)[0], self._lines.range(max(last - 1, first))[1]
        for line in html_lines(self._text, start, end):
            if line.tag == "/details":
                self._draft.leave_bold_line()
            kind, level = _html_kind(line.tag, "".join(self._text[a:b] for a, b in line.ranges))
            if self._draft.add(kind, line.ranges, level=level) is not None:
                self._draft.entities += line.entities

    def _add_paragraph(self, token: Token) -> None:
        inline = self._read(token.content)
        places = self._places(token)
        if inline.only_images:
            self._add_part(Part(BlockKind.CAPTION, 0, len(places)), inline, places)
            return
        for part in split_paragraph(token.content, inline, bold_level=BOLD_LINE):
            self._add_part(part, inline, places)

    def _add_part(self, part: Part, inline: InlineText, places: Sequence[int]) -> None:
        hidden = [*inline.hidden, (0, part.start), (part.end, len(places))]
        is_step = part.kind is BlockKind.ITEM
        added = self._draft.add(
            part.kind,
            visible_ranges(places, hidden),
            level=1 if is_step else part.level,
            group=self._group_of_step() if is_step else None,
        )
        if added is not None:
            self._mark(inline, places, part.start, part.end)

    def _group_of_step(self) -> int:
        """Returns the list of a step that is a paragraph: that of the block above, or a new one."""
        above = self._draft.blocks[-1] if self._draft.blocks else None
        if above is None or above.kind is not BlockKind.ITEM or above.group is None:
            self._groups += 1
            return self._groups
        return above.group

    def _add_item(self, token: Token, inner: _List) -> int | None:
        number: list[Range] = []
        if inner.number is not None:
            found = _NUMBER.search(self._text, *self._lines.range(inner.number))
            number = [found.span()] if found else []
        return self._add_inline(
            token,
            BlockKind.ITEM,
            level=len(self._lists),
            owner=inner.owner,
            group=inner.group,
            before=number,
        )

    def _add_inline(
        self,
        token: Token,
        kind: BlockKind,
        *,
        level: int = 0,
        owner: int | None = None,
        group: int | None = None,
        before: Sequence[Range] = (),
    ) -> int | None:
        """Adds a block of all inline content of a token; `before` is visible before it."""
        inline = self._read(token.content)
        places = self._places(token)
        ranges = visible_ranges(places, inline.hidden)
        if not ranges:
            return None
        self._mark(inline, places)
        return self._draft.add(kind, [*before, *ranges], level=level, owner=owner, group=group)

    def _read(self, content: str) -> InlineText:
        return read_inline(self._parser, content, self._environment)

    def _places(self, token: Token) -> list[int]:
        return self._lines.places(token.content, (token.map or [0])[0])

    def _mark(
        self, inline: InlineText, places: Sequence[int], start: int = 0, end: int | None = None
    ) -> None:
        """Keeps the entities and marks of inline content that lie in a part of it."""
        end = len(places) if end is None else end
        for left, right in inline.entities:
            if start <= left and right <= end:
                self._draft.entities.append((places[left], places[right - 1] + 1))
        for mark in inline.marks:
            if start <= mark.start < mark.end <= end:
                left, right = places[mark.start], places[mark.end - 1] + 1
                target = self._target(mark.target, left) if mark.kind is MarkKind.LINK else None
                self._draft.marks.append(Mark(mark.kind, left, right, target))

    def _target(self, address: str, near: int) -> Range | None:
        """Returns where a link's address stands: behind its label, or in its definition."""
        at = self._text.find(address, near) if address else -1
        at = self._text.find(address) if at < 0 and address else at
        return (at, at + len(address)) if at >= 0 else None


def _html_kind(tag: str, line: str) -> tuple[BlockKind, int]:
    """Returns what a line of HTML is, and its level."""
    heading = _HTML_HEADING.fullmatch(tag)
    if heading:
        return BlockKind.HEADING, int(heading[1])
    if tag in {"summary", "dt"}:
        is_question = line.strip().endswith("?")
        return (BlockKind.QUESTION, 0) if is_question else (BlockKind.HEADING, BOLD_LINE)
    if tag == "li":
        return BlockKind.ITEM, 1
    return (BlockKind.CAPTION, 0) if tag == "figcaption" else (BlockKind.PARAGRAPH, 0)


# What begins or ends around blocks, and what holds the content of blocks.
_FRAMES: dict[str, Callable[[_Finder], None]] = {
    "dl_close": _Finder.end_of_definitions,
    "bullet_list_open": _Finder.open_list,
    "ordered_list_open": _Finder.open_list,
    "bullet_list_close": _Finder.close_list,
    "ordered_list_close": _Finder.close_list,
    "blockquote_open": _Finder.open_quotation,
    "blockquote_close": _Finder.close_quotation,
    "table_open": _Finder.table,
    "table_close": _Finder.end_of_table,
}
_CONTENTS: dict[str, Callable[[_Finder, int], None]] = {
    "heading_open": _Finder.heading,
    "paragraph_open": _Finder.paragraph,
    "dt_open": _Finder.term,
    "list_item_open": _Finder.item,
    "fence": _Finder.code,
    "code_block": _Finder.code,
    "tr_open": _Finder.row,
    "html_block": _Finder.html,
}
