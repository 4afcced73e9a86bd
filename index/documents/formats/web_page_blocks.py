"""Turns the elements of a web page into blocks of Markdown.

The page is walked through once, without recursion. Only lists, quotations, definitions and tables
hold other blocks; all other elements begin and end blocks, or change how words look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from index.documents.formats.markdown_blocks import Block, Code, Heading, Paragraph
from index.documents.formats.markdown_inline import (
    Place,
    Run,
    one_line,
    without_controls,
    write_inline,
)
from index.documents.formats.web_page_frames import PARTS, Frame, close_frame, close_part
from index.documents.formats.web_page_tables import Cell, Row, column_span, row_span

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.documents.formats.web_page_parts import Element

# Lists, quotations and tables that are nested deeper become plain paragraphs.
MAX_NESTING = 12

_BLOCK_TAGS = frozenset(
    "address article aside body blockquote caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol "
    "optgroup option p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD_TAGS = frozenset({"b", "strong", "summary"})
_CODE_TAGS = frozenset({"code", "kbd", "samp", "tt"})
# What a table holds that only gives a page its layout.
_LAYOUT_TAGS = ("table", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:)[-\s]?([\w+#.-]{1,30})"
)


def page_blocks(root: Element, left_out: Collection[Element], base: str) -> list[Block]:
    """Returns the blocks of an element of a page.

    Args:
        root: The element.
        left_out: Elements that are left out, with all that is in them.
        base: The web address of the page, for the links in it; empty if it is not known.
    """
    builder = _Builder(base)
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in left_out and element is not root:
                builder.gap(element)
                walker.skip_subtree()
            else:
                builder.enter(element)
                builder.add_text(element.text)
        else:
            if element not in left_out or element is root:
                builder.leave(element)
            if element is not root:
                builder.add_text(element.tail)
    return builder.finish()


class _Builder:
    """The state of one walk through a page."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._frames = [Frame(None, "page")]
        self._runs: list[Run] = []
        self._bold = 0
        self._code = 0
        self._targets: list[str] = []
        self._level = 0  # of the open heading
        self._pre: Element | None = None  # the open element of code, and its lines
        self._code_lines: list[str] = []
        self._cell: list[str] | None = None  # the words of the open cell of a table

    def finish(self) -> list[Block]:
        """Returns the blocks of the page."""
        self._flush()
        return self._frames[0].blocks

    def gap(self, element: Element) -> None:
        """Notes an element that is left out: words on both sides of it belong to two blocks."""
        if element.tag in _BLOCK_TAGS:
            self._flush()

    def add_text(self, text: str | None) -> None:
        """Adds words of the page."""
        if not text:
            return
        if self._pre is not None:
            self._code_lines.append(text)
            return
        self._add_run(one_line(text))

    def _add_run(self, text: str) -> None:
        if text == " " and not self._runs:
            return
        target = self._targets[-1] if self._targets else ""
        self._runs.append(Run(text, bold=self._bold > 0, code=self._code > 0, target=target))

    def enter(self, element: Element) -> None:
        """Notes the beginning of an element."""
        tag = element.tag
        if tag == "br":
            self._break_line()
        elif self._pre is not None:
            return
        elif tag in _BLOCK_TAGS:
            self._flush()
            self._open(element)
            self._level = _HEADINGS.get(tag, self._level)
            self._bold += tag in _BOLD_TAGS
        else:
            self._bold += tag in _BOLD_TAGS
            self._code += tag in _CODE_TAGS
            if tag == "a":
                self._targets.append(self._target(element))
            elif tag == "q":
                self._add_run("\N{LEFT DOUBLE QUOTATION MARK}")

    def leave(self, element: Element) -> None:
        """Notes the end of an element."""
        tag = element.tag
        if self._pre is not None:
            if self._pre is element:
                self._close_code(element)
        elif tag in _BLOCK_TAGS:
            self._flush()
            self._level = 0 if tag in _HEADINGS else self._level
            self._bold -= tag in _BOLD_TAGS
            self._close(element)
        else:
            self._bold -= tag in _BOLD_TAGS
            self._code -= tag in _CODE_TAGS
            if tag == "a":
                self._targets.pop()
            elif tag == "q":
                self._add_run("\N{RIGHT DOUBLE QUOTATION MARK}")

    def _break_line(self) -> None:
        if self._pre is not None:
            self._code_lines.append("\n")
        else:
            self._runs.append(Run("\n"))

    def _target(self, element: Element) -> str:
        href = str(element.get("href", "")).strip()
        if href.startswith("#") or not (self._base or href.startswith("http")):
            return ""
        try:
            return urljoin(self._base, href)
        except ValueError:  # such as half an IPv6 address
            return ""

    def _open(self, element: Element) -> None:
        tag = element.tag
        if tag == "pre" and self._cell is None:
            self._pre, self._code_lines = element, []
        elif tag == "tr" and self._frames[-1].kind == "table":
            parent = element.getparent()
            self._frames[-1].rows.append(Row(parent is not None and parent.tag == "thead"))
        elif tag in {"td", "th"} and self._frames[-1].kind == "table":
            self._cell = []
        elif self._is_frame(element):
            if tag in {"dt", "dd"} and self._frames[-1].kind in {"dt", "dd"}:
                part = self._frames.pop()  # the parser does not end it where the next one begins
                close_part(part, self._frames[-1])
            kind = "ul" if tag in {"dir", "menu"} else tag
            self._frames.append(Frame(element, kind))

    def _is_frame(self, element: Element) -> bool:
        """Returns whether an element holds blocks of its own in Markdown."""
        above = self._frames[-1].kind
        if self._cell is not None or len(self._frames) > MAX_NESTING:
            return False
        match element.tag:
            case "ul" | "ol" | "menu" | "dir" | "dl" | "blockquote":
                return True
            case "li":
                return above in {"ul", "ol"}
            case "dt" | "dd":
                return above in {"dl", "dt", "dd"}
            case "table":
                return not _is_layout(element)
        return False

    def _flush(self) -> None:
        """Ends a paragraph, a heading, or words in the cell of a table."""
        runs, self._runs = self._runs, []
        if not runs:
            return
        if self._cell is not None:
            text = write_inline(runs, Place.CELL)
            self._cell.extend([text] if text else [])
        elif self._level:
            self._add_heading(runs)
        else:
            text = write_inline(runs)
            if text:
                self._add(Paragraph(text))

    def _add_heading(self, runs: list[Run]) -> None:
        plain = [Run(run.text, code=run.code, target=run.target) for run in runs]
        text = write_inline(plain, Place.HEADING)
        if text:
            self._add(Heading(self._level, text))

    def _add(self, block: Block) -> None:
        frame = self._frames[-1]
        if frame.kind in {"ul", "ol"}:  # words between two items
            frame.items.append((block,))
        else:
            frame.blocks.append(block)

    def _close(self, element: Element) -> None:
        if element.tag in {"td", "th"} and self._cell is not None:
            self._close_cell(element)
        elif self._frames[-1].element is element:
            frame = self._frames.pop()
            if frame.kind in PARTS:
                close_part(frame, self._frames[-1])
            else:
                for block in close_frame(frame):
                    self._add(block)

    def _close_cell(self, element: Element) -> None:
        text, self._cell = " ".join(self._cell or ()), None
        rows = self._frames[-1].rows
        if not rows:
            rows.append(Row(in_head=False))
        columns, down = column_span(element.get("colspan")), row_span(element.get("rowspan"))
        rows[-1].cells.append(Cell(text, element.tag == "th", columns, down))

    def _close_code(self, element: Element) -> None:
        text = without_controls("".join(self._code_lines)).strip("\n").rstrip()
        self._pre = None
        if text:
            self._add(Code(text, _language(element)))


def _is_layout(table: Element) -> bool:
    if table.get("role") in {"presentation", "none"}:
        return True
    inside = table.iter(*_LAYOUT_TAGS)
    next(inside)  # the table itself
    return next(inside, None) is not None


def _language(element: Element) -> str:
    """Returns the language of code, from the classes of elements in and around it."""
    around = [element, *element[:1]]
    above = element.getparent()
    while above is not None and len(around) < 4:
        around.append(above)
        above = above.getparent()
    for near in around:
        found = _LANGUAGE.search(near.get("class", "")[:1_000])
        if found is not None:
            return str(found[1])
    return ""
