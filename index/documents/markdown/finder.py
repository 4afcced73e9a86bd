"""From the tokens of a Markdown parser to the structure of a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from index.documents.cells import cells
from index.documents.markdown.containers import title_range
from index.documents.markdown.draft import BOLD_LINE, Draft
from index.documents.markdown.html_blocks import HtmlBlocks
from index.documents.markdown.inline import read_inline
from index.documents.markdown.lines import Lines, visible_ranges
from index.documents.markdown.links import Links
from index.documents.markdown.open_list import OpenList
from index.documents.markdown.paragraphs import Part, find_speakers, split_paragraph
from index.documents.markdown.parser import make_parser
from index.documents.structure import BlockKind, Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from index.documents.markdown.inline import InlineText
    from index.documents.structure import Range, Structure

_NUMBER = re.compile(r"\d{1,9}[.)]")
_BYTE_ORDER_MARK = "\ufeff"


def find_structure(text: str, start: int = 0, pages: Sequence[int] = ()) -> Structure:
    """Returns the structure of a Markdown document.

    Args:
        text: The text of the document.
        start: Where its own text begins, after front matter.
        pages: Where each page begins in the text; () for a document without pages.
    """
    start += text.startswith(_BYTE_ORDER_MARK, start)
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
        self._links = Links(self._lines, self._environment)
        self._html = HtmlBlocks(self._draft)
        self._speakers = find_speakers(text, start)
        self._lists: list[OpenList] = []
        self._containers: list[bool] = []
        self._quotes = 0
        self._table: tuple[int, int | None] | None = None
        self._term: int | None = None

    def find(self) -> Draft:
        """Adds the block of each token to a draft."""
        for at, token in enumerate(self._tokens):
            if token.type in _FRAMES:
                _FRAMES[token.type](self)
            elif token.type in _CONTENTS:
                if token.type != "html_block":
                    self._html.end_row()
                _CONTENTS[token.type](self, at)
        self._html.end_row()
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
        self._lists.append(OpenList(self._draft.new_group(), owner))

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
            visible_ranges(places, [True] * len(places)),
            owner=item.item if item else None,
            group=item.group if item else None,
        )

    def table(self) -> None:
        """Begins a table."""
        self._table = (self._draft.new_group(), None)

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
            ranges += visible_ranges(places, inline.seen)
            self._mark(inline, places)
        kind = BlockKind.TABLE_HEADER if header is None else BlockKind.ROW
        item = self._lists[-1].item if self._lists else None
        owner = item if header is None else header
        position = self._draft.add(kind, ranges, owner=owner, group=group)
        if header is None:
            self._table = (group, position)

    def html(self, at: int) -> None:
        """Adds what is visible of a block of HTML, a block for each line."""
        token = self._tokens[at]
        first, last = token.map or [0, 0]
        start, end = self._lines.range(first)[0], self._lines.range(max(last - 1, first))[1]
        self._html.add(start, end)

    def open_container(self, at: int) -> None:
        """Begins a container; its title is a heading, or a question."""
        row = (self._tokens[at].map or [0])[0]
        start, end = self._lines.range(row)
        found = title_range(self._text[start:end])
        self._containers.append(found is not None)
        if found is not None:
            title = (start + found[0], start + found[1])
            is_question = self._text[slice(*title)].rstrip().endswith("?")
            kind = BlockKind.QUESTION if is_question else BlockKind.HEADING
            self._draft.add(kind, [title], level=0 if is_question else BOLD_LINE)

    def close_container(self) -> None:
        """Ends a container, and what stands under its title."""
        if self._containers and self._containers.pop():
            self._draft.leave_bold_line()

    def _add_paragraph(self, token: Token) -> None:
        inline = self._read(token.content)
        places = self._places(token)
        parts = [Part(BlockKind.CAPTION, 0, len(places))]
        if not inline.only_images:
            split = split_paragraph(
                token.content, inline, speakers=self._speakers, bold_level=BOLD_LINE
            )
            parts = list(split)
        for part in parts:
            own, seen = places[part.start : part.end], inline.seen[part.start : part.end]
            is_step = part.kind is BlockKind.ITEM
            self._draft.add(
                part.kind,
                visible_ranges(own, seen),
                level=1 if is_step else part.level,
                group=self._draft.group_of_step(places[part.start]) if is_step else None,
            )
        self._mark(inline, places)

    def _add_item(self, token: Token, inner: OpenList) -> int | None:
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
        ranges = visible_ranges(places, inline.seen)
        if not ranges:
            return None
        self._mark(inline, places)
        return self._draft.add(kind, [*before, *ranges], level=level, owner=owner, group=group)

    def _read(self, content: str) -> InlineText:
        return read_inline(self._parser, content, self._environment)

    def _places(self, token: Token) -> list[int]:
        return self._lines.places(token.content, (token.map or [0])[0])

    def _mark(self, inline: InlineText, places: Sequence[int]) -> None:
        """Keeps the entities and marks of inline content that can be seen."""
        for left, right in inline.entities:
            if inline.seen[left]:
                self._draft.entities.append((places[left], places[right - 1] + 1))
        seen = [at for at, is_seen in enumerate(inline.seen) if is_seen] if inline.marks else []
        for mark in inline.marks:
            if bisect_left(seen, mark.start) == bisect_left(seen, mark.end):
                continue
            target = None
            if mark.kind is MarkKind.LINK:
                first, last = mark.target or (0, 1)
                target = self._links.target(mark, places[first], places[last - 1] + 1)
            start, end = places[mark.start], places[mark.end - 1] + 1
            self._draft.marks.append(Mark(mark.kind, start, end, target))


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
    "container_close": _Finder.close_container,
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
    "container_open": _Finder.open_container,
}
