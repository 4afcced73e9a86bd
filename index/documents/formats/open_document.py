"""OpenDocument texts (.odt): headings, lists, tables, notes and links as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.fields import Fields, usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    escape_inside,
    indent,
    join_blocks,
    link,
    one_line,
    strong,
    write_heading,
    write_item,
    write_table,
)
from index.documents.formats.zip_package import Package, small_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

EXTRACTOR = "clipping odt 1"
_SIGNS = {"tab": " ", "line-break": "\n", "s": " "}
_SILENT = {"annotation", "tracked-changes", "sequence-decls", "table-of-content", "forms", "frame"}
_FIELDS = {
    "title": "title",
    "initial-creator": "author",
    "date": "updated",
    "description": "description",
    "keyword": "tags",
}
_MAX_REPEATED_CELLS = 50


def read_odt(data: bytes) -> Contents:
    """Returns the contents of a text; pictures, comments and a table of contents are left out.

    Raises:
        UnreadableError: It is damaged, protected by a password, too large, or holds no text.
    """
    package = Package(data)
    root = package.xml("content.xml")
    body = None if root is None else root.find("body/text")
    if root is None or body is None:
        raise UnreadableError("it is no text of OpenDocument: save it as .odt")
    reader = _Reader(root)
    text = join_blocks([*reader.blocks(body), *reader.notes])
    if not text:
        raise UnreadableError("it holds no text, only pictures or nothing at all")
    return from_markdown(text, _metadata(package, has_title=reader.has_title), extractor=EXTRACTOR)


class _Reader:
    """Goes through one document.

    Attributes:
        notes: The footnotes found so far.
        has_title: Whether a title or a heading of the first level was found.
    """

    def __init__(self, root: Element) -> None:
        self.notes: list[str] = []
        self.has_title = False
        self._bold = {
            style.get("name", "")
            for style in root.iter("style")
            for each in style.iter("text-properties")
            if each.get("font-weight") == "bold"
        }
        self._numbered = {
            style.get("name", "")
            for style in root.iter("list-style")
            if style.find("list-level-style-number") is not None
        }

    def blocks(self, parent: Element) -> Iterator[str]:
        for element in parent:
            if element.tag == "h":
                yield self._heading(element, small_number(element.get("outline-level"), 1))
            elif element.tag == "p":
                is_title = element.get("style-name") == "Title"
                yield self._heading(element, 1) if is_title else self._words(element).strip()
            elif element.tag == "list":
                yield "\n".join(self._items(element, 0, element.get("style-name", "")))
            elif element.tag == "table":
                yield self._table(element)
            elif element.tag not in _SILENT:
                yield from self.blocks(element)

    def _heading(self, element: Element, level: int) -> str:
        text = self._words(element, plain=True)
        self.has_title = self.has_title or (level == 1 and bool(text.strip()))
        return write_heading(level, text)

    def _items(self, element: Element, depth: int, style: str) -> Iterator[str]:
        number = 0
        for item in element:
            for child in item:
                if child.tag in {"p", "h"} and (text := self._words(child).strip()):
                    number += 1
                    marker = f"{number}." if style in self._numbered else "-"
                    yield write_item(marker, text, depth)
                elif child.tag == "list":
                    yield from self._items(child, depth + 1, child.get("style-name") or style)

    def _table(self, table: Element) -> str:
        rows = []
        for row in table.iter("table-row"):
            cells: list[str] = []
            for cell in row:
                if cell.tag in {"table-cell", "covered-table-cell"}:
                    count = small_number(cell.get("number-columns-repeated"), 1)
                    text = one_line(" ".join(self._words(each) for each in cell.iter("p")))
                    cells += [text] * min(count, _MAX_REPEATED_CELLS)
            while cells and not cells[-1]:
                cells.pop()
            rows += [cells] if cells else []
        return write_table(rows)

    def _words(self, element: Element, *, plain: bool = False) -> str:
        pieces = [escape_markdown(element.text or "")]
        for child in element:
            pieces += [self._piece(child, plain=plain), escape_inside(child.tail or "")]
        return "".join(pieces)

    def _piece(self, element: Element, *, plain: bool) -> str:
        if element.tag in _SIGNS:
            return _SIGNS[element.tag]
        if element.tag == "note":
            return self._note(element)
        if element.tag in _SILENT:
            return ""
        text = self._words(element, plain=plain)
        if element.tag == "a":
            return link(text, element.get("href"))
        is_bold = element.tag == "span" and element.get("style-name") in self._bold
        return strong(text) if is_bold and not plain else text

    def _note(self, element: Element) -> str:
        body = element.find("note-body")
        text = join_blocks(self.blocks(body) if body is not None else [])
        if not text:
            return ""
        label = f"[^{len(self.notes) + 1}]"
        self.notes.append(f"{label}: {indent(text.strip(), '    ').lstrip()}")
        return label


def _metadata(package: Package, *, has_title: bool) -> Fields:
    root = package.xml("meta.xml")
    stated: dict[str, object] = {}
    for element in root.iter() if root is not None else ():
        name = _FIELDS.get(element.tag)
        value = one_line(element.text or "")
        if name and value and not (name == "title" and has_title):
            stated[name] = value[:10] if name == "updated" else value
    return usable(stated)
