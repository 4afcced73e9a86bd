"""Slides (.pptx): a section for each slide, with its bullets, tables and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    escape_inside,
    join_blocks,
    link,
    one_line,
    write_heading,
    write_item,
    write_table,
)
from index.documents.formats.office_properties import read_properties
from index.documents.formats.zip_package import Package, small_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

EXTRACTOR = "clipping pptx 1"
_PRESENTATION = "ppt/presentation.xml"
_TITLES = {"title", "ctrTitle"}
# Placeholders that say the same on every slide.
_REPEATED = {"sldNum", "dt", "ftr", "hdr"}


def read_pptx(data: bytes) -> Contents:
    """Returns the contents of slides; hidden slides and pictures are left out.

    Raises:
        UnreadableError: It is damaged, protected by a password, too large, or holds no text.
    """
    package = Package(data)
    root = package.xml(_PRESENTATION)
    if root is None:
        raise UnreadableError("it holds no slides: save it as .pptx")
    parts = package.targets(_PRESENTATION)
    names = [parts.get(each.get("r:id", ""), "") for each in root.iter("sldId")]
    sections = [_slide(package, name, number) for number, name in enumerate(names, 1)]
    text = join_blocks(sections)
    if not text:
        raise UnreadableError("it holds no text, only pictures or nothing at all")
    return from_markdown(text, read_properties(package, has_title=False), extractor=EXTRACTOR)


def _slide(package: Package, name: str, number: int) -> str:
    root = package.xml(name)
    if root is None or root.get("show") in {"0", "false"}:
        return ""
    targets = package.targets(name)
    title = ""
    blocks: list[str] = []
    for shape in root.iter("sp"):
        if _placeholder(shape) in _TITLES:
            title = title or one_line(" ".join(_words(each, targets) for each in shape.iter("p")))
    blocks += [(_table if shape.tag == "tbl" else _text)(shape, targets) for shape in _shapes(root)]
    notes = next((each for each in targets.values() if "/notesSlides/" in each), "")
    blocks.append(_notes(package.xml(notes) if notes else None))
    body = join_blocks(blocks)
    heading = write_heading(2, title or f"Slide {number}")
    return join_blocks([heading, body]) if title or body else ""


def _shapes(root: Element) -> Iterator[Element]:
    """Yields shapes with text and tables, in the order of the slide; no titles."""
    for element in root.iter():
        kind = _placeholder(element) if element.tag == "sp" else ""
        if element.tag == "tbl" or (element.tag == "sp" and kind not in _TITLES | _REPEATED):
            yield element


def _placeholder(shape: Element) -> str:
    """Returns the kind of a placeholder; "body" where none is stated, empty for a text box."""
    found = shape.find("nvSpPr/nvPr/ph")
    return "" if found is None else found.get("type", "body")


def _text(shape: Element, targets: Mapping[str, str]) -> str:
    """Returns the paragraphs of a shape; those of a placeholder are bullets."""
    is_list = _placeholder(shape) in {"body", "obj"}
    blocks = []
    for paragraph in shape.iter("p"):
        text = _words(paragraph, targets)
        properties = paragraph.find("pPr")
        level = None if properties is None else properties.get("lvl")
        depth = min(small_number(level, 0), 8)
        if text:
            blocks.append(write_item("-", text, depth) if is_list or depth else text)
    return ("\n" if is_list else "\n\n").join(blocks)


def _words(paragraph: Element, targets: Mapping[str, str]) -> str:
    pieces: list[str] = []
    for run in paragraph:
        words = run.findtext("t") or ("\n" if run.tag == "br" else "")
        click = run.find("rPr/hlinkClick")
        escaped = (escape_inside if pieces else escape_markdown)(words)
        target = targets.get(click.get("r:id", "")) if click is not None else None
        pieces += [link(escaped, target)] if words else []
    return "".join(pieces).strip()


def _table(table: Element, targets: Mapping[str, str]) -> str:
    rows = [
        [" ".join(_words(each, targets) for each in cell.iter("p")) for cell in row.findall("tc")]
        for row in table.findall("tr")
    ]
    return write_table([row for row in rows if any(row)])


def _notes(root: Element | None) -> str:
    shapes = (
        [] if root is None else [each for each in root.iter("sp") if _placeholder(each) == "body"]
    )
    words = [_words(each, {}) for shape in shapes for each in shape.iter("p")]
    text = join_blocks(words)
    return f"Notes: {text}" if text else ""
