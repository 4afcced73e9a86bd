"""What the styles and the numbering of a Word document say about a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.formats.zip_package import small_number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from index.documents.formats.zip_package import Package

_HEADING = re.compile(r"(?:heading|überschrift|titre)\s*(\d)", re.IGNORECASE)
_NESTED_LIST = re.compile(r"list (?:bullet|number|continue) (\d)")
# How many styles a style may be based on, one on the other; a circle ends here.
_MAX_ANCESTORS = 20
_NO_OUTLINE = 9  # the outline level of body text
_OFF = {"0", "false", "off", "none"}


def value_of(element: Element | None, path: str) -> str | None:
    """Returns the attribute `val` of a part of an element, or None."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get("val")


def is_on(properties: Element | None, name: str) -> bool:
    """Returns whether a property is on: `<w:b/>` is, `<w:b w:val="0"/>` is not."""
    found = None if properties is None else properties.find(name)
    return found is not None and found.get("val", "1") not in _OFF


class WordStyles:
    """The styles and the lists of one document."""

    def __init__(self, package: Package) -> None:
        """Reads them; a document may have neither."""
        styles = package.xml("word/styles.xml")
        numbering = package.xml("word/numbering.xml")
        self._styles = (
            {each.get("styleId", ""): each for each in styles.iter("style")}
            if styles is not None
            else {}
        )
        self._levels: dict[tuple[str, str], str] = {}
        if numbering is not None:
            self._read_levels(numbering)

    def _read_levels(self, numbering: Element) -> None:
        abstract = {each.get("abstractNumId", ""): each for each in numbering.iter("abstractNum")}
        for number in numbering.iter("num"):
            levels = list(abstract.get(value_of(number, "abstractNumId") or "", ()))
            levels += number.iter("lvl")
            for level in levels:
                if level.tag == "lvl":
                    key = (number.get("numId", ""), level.get("ilvl", "0"))
                    self._levels[key] = value_of(level, "numFmt") or "bullet"

    def name(self, paragraph: Element) -> str:
        """Returns the name of a paragraph's style in small letters, empty for none."""
        style = self._styles.get(value_of(paragraph, "pPr/pStyle") or "")
        return (value_of(style, "name") or "").lower()

    def heading_level(self, paragraph: Element) -> int:
        """Returns 1 to 9 for a heading, 0 for any other paragraph."""
        for properties, style in self._chain(paragraph):
            name = _HEADING.fullmatch(value_of(style, "name") or "")
            if name:
                return int(name[1])
            outline = value_of(properties, "outlineLvl")
            if outline is not None:
                level = small_number(outline, _NO_OUTLINE)
                return level + 1 if level < _NO_OUTLINE else 0
        return 0

    def list_place(self, paragraph: Element) -> tuple[str, int, str] | None:
        """Returns (id of the list, level from 0, form of the number) of an item, else None."""
        number = level = None
        for properties, _style in self._chain(paragraph):
            number = number or value_of(properties, "numPr/numId")
            level = level or value_of(properties, "numPr/ilvl")
        if not number or number == "0":
            return None
        nested = _NESTED_LIST.fullmatch(self.name(paragraph))
        form = self._levels.get((number, level or "0"), "bullet")
        if nested and level in {None, "0"}:
            return number, int(nested[1]) - 1, form
        return number, small_number(level, 0), form

    def _chain(self, paragraph: Element) -> list[tuple[Element | None, Element | None]]:
        """Returns (properties, style) of the paragraph, of its style, of the style below that."""
        chain: list[tuple[Element | None, Element | None]] = [(paragraph.find("pPr"), None)]
        style = self._styles.get(value_of(paragraph, "pPr/pStyle") or "")
        while style is not None and len(chain) < _MAX_ANCESTORS:
            chain.append((style.find("pPr"), style))
            style = self._styles.get(value_of(style, "basedOn") or "")
        return chain
