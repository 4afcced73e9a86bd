"""Word documents (.docx): headings, lists, tables, notes and links as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    indent,
    join_blocks,
    one_line,
    write_heading,
    write_item,
    write_quotation,
    write_table,
)
from index.documents.formats.office_properties import read_properties
from index.documents.formats.word_runs import paragraph_text
from index.documents.formats.word_styles import WordStyles
from index.documents.formats.zip_package import Package, small_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_DOCUMENT = "word/document.xml"
EXTRACTOR = "clipping docx 1"
_MAX_SPAN = 100  # columns that one cell takes
_NOTES = (("footnotes", "footnote", "f"), ("endnotes", "endnote", "e"))
# What may stand around paragraphs and tables.
_AROUND = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}


def read_docx(data: bytes) -> Contents:
    """Returns the contents of a Word document.

    Headers, footers, comments and pictures are left out, and so is a table of contents.

    Raises:
        UnreadableError: It is damaged, protected by a password, too large, or no Word document.
    """
    package = Package(data)
    root = package.xml(_DOCUMENT)
    body = None if root is None else root.find("body")
    if body is None:
        raise UnreadableError("it is no Word document: save it as .docx")
    reader = _Reader(WordStyles(package), package.targets(_DOCUMENT))
    blocks = [*reader.blocks(body), *_notes(package)]
    text = join_blocks(blocks)
    if not text:
        raise UnreadableError("it holds no text, only pictures or nothing at all")
    metadata = read_properties(package, has_title=reader.has_title)
    return from_markdown(text, metadata, extractor=EXTRACTOR)


class _Reader:
    """Goes through one document; it keeps where in a list it is.

    Attributes:
        has_title: Whether a title or a heading of the first level was found.
    """

    def __init__(self, styles: WordStyles, targets: Mapping[str, str]) -> None:
        self.has_title = False
        self._styles = styles
        self._targets = targets
        self._title_level = 0  # 1 once there is a title: headings then begin at the second level
        self._levels: list[int] = []  # of the lists around the last item, outermost first
        self._counts: dict[tuple[str, int], int] = {}

    def blocks(self, parent: Element) -> Iterator[str]:
        """Yields the paragraphs and tables below an element; neighbouring items are one block."""
        items: list[str] = []
        for element in parent:
            block, is_item = self._block(element)
            if items and block and not is_item:
                yield "\n".join(items)
                items = []
                self._levels = []
            if is_item:
                items.append(block)
            else:
                yield block
        yield "\n".join(items)

    def _block(self, element: Element) -> tuple[str, bool]:
        """Returns an element as Markdown, and whether it is an item of a list."""
        if element.tag == "p":
            return self._paragraph(element)
        if element.tag == "tbl":
            return self._table(element), False
        if element.tag in _AROUND:
            return join_blocks(self.blocks(element)), False
        return "", False

    def _paragraph(self, paragraph: Element) -> tuple[str, bool]:
        style = self._styles.name(paragraph)
        if style.startswith(("toc ", "table of figures")):
            return "", False
        boxes = join_blocks(self._text_boxes(paragraph))
        level = 1 if style == "title" else self._styles.heading_level(paragraph)
        text = paragraph_text(paragraph, self._targets, plain=level > 0)
        place = self._styles.list_place(paragraph)
        if level:
            self.has_title = self.has_title or (level == 1 and bool(text))
            heading = write_heading(level + self._title_level * (style != "title"), text)
            self._title_level = self._title_level or int(style == "title" and bool(text))
            return join_blocks([heading, boxes]), False
        if place and text:
            return self._item(place, text), True
        if style in {"quote", "intense quote", "block text"} and text:
            text = write_quotation(text)
        return join_blocks([text, boxes]), False

    def _item(self, place: tuple[str, int, str], text: str) -> str:
        number, level, form = place
        while self._levels and self._levels[-1] > level:
            self._levels.pop()
        if not self._levels or self._levels[-1] < level:
            self._levels.append(level)
        for key in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[key]
        count = self._counts[number, level] = self._counts.get((number, level), 0) + 1
        marker = "-" if form in {"bullet", "none"} else f"{count}."
        return write_item(marker, text, len(self._levels) - 1)

    def _text_boxes(self, paragraph: Element) -> Iterator[str]:
        """Yields the text of the boxes that hang at a paragraph.

        A box is written twice, the second time for old programs.
        """
        for box in paragraph.iter("txbxContent"):
            if box not in {inner for old in paragraph.iter("Fallback") for inner in old.iter()}:
                yield from self.blocks(box)

    def _table(self, table: Element) -> str:
        rows = [self._row(row) for row in table.findall("tr")]
        if all(len(row) <= 1 for row in rows):  # a frame around text
            cells = (cell for row in table.findall("tr") for cell in row.findall("tc"))
            return join_blocks(block for cell in cells for block in self.blocks(cell))
        filled = list(_filled(rows))
        return write_table([row for row in filled if any(cell for cell in row)])

    def _row(self, row: Element) -> list[str | None]:
        """Returns the cells of a row; None for a cell that the cell above reaches into."""
        cells: list[str | None] = []
        for cell in row.findall("tc"):
            properties = cell.find("tcPr")
            merged = None if properties is None else properties.find("vMerge")
            is_reached = merged is not None and merged.get("val", "continue") == "continue"
            span = None if properties is None else properties.find("gridSpan")
            width = small_number(None if span is None else span.get("val"), 1)
            words = (paragraph_text(each, self._targets) for each in cell.iter("p"))
            cells.append(None if is_reached else one_line(" ".join(words)))
            cells += [""] * (min(width, _MAX_SPAN) - 1)
        return cells


def _filled(rows: list[list[str | None]]) -> Iterator[list[str]]:
    """Yields rows in which a cell that reaches down is repeated: each row is then whole."""
    above: list[str] = []
    for row in rows:
        above = [
            (above[column] if column < len(above) else "") if cell is None else cell
            for column, cell in enumerate(row)
        ]
        yield above


def _notes(package: Package) -> Iterator[str]:
    """Yields the footnotes and the endnotes."""
    for part, tag, mark in _NOTES:
        root = package.xml(f"word/{part}.xml")
        targets = package.targets(f"word/{part}.xml") if root is not None else {}
        for note in root.iter(tag) if root is not None else ():
            text = join_blocks(paragraph_text(each, targets) for each in note.iter("p"))
            if text and note.get("type") is None:
                yield f"[^{mark}{note.get('id', '')}]: {indent(text.strip(), '    ').lstrip()}"
