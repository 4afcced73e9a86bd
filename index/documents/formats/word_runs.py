"""The words of a Word paragraph, with what is bold, struck through or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown_writer import escape_inside, link, strong, struck
from index.documents.formats.word_styles import is_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

# What a paragraph may hold between itself and its words, and the words are shown.
_AROUND = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def paragraph_text(paragraph: Element, targets: Mapping[str, str], *, plain: bool = False) -> str:
    """Returns a paragraph as Markdown.

    Text that was deleted while changes were tracked, and hidden text, are left out.

    Args:
        paragraph: The paragraph.
        targets: What the relationships of the document lead to.
        plain: Whether to leave out the marks for bold, as in a heading.
    """
    pieces = _joined(_pieces(paragraph, targets))
    written: list[str] = []
    for text, look in pieces:
        escape = escape_inside if written else escape_markdown
        words = text if look == "raw" else escape(text)
        if look == "strong" and not plain:
            words = strong(words)
        elif look == "struck":
            words = struck(words)
        written.append(words)
    return "".join(written).strip()


def _joined(pieces: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """Joins neighbours that look alike: Word cuts a text into runs wherever it was edited."""
    joined: list[tuple[str, str]] = []
    for text, look in pieces:
        if joined and joined[-1][1] == look != "raw":
            joined[-1] = (joined[-1][0] + text, look)
        elif text:
            joined.append((text, look))
    return joined


def _pieces(parent: Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for element in parent:
        if element.tag == "r":
            yield from _run(element)
        elif element.tag == "hyperlink":
            text = escape_markdown("".join(text for text, _look in _pieces(element, targets)))
            yield link(text, targets.get(element.get("r:id", ""))), "raw"
        elif element.tag in _AROUND:
            yield from _pieces(element, targets)


def _run(run: Element) -> Iterator[tuple[str, str]]:
    properties = run.find("rPr")
    if is_on(properties, "vanish"):
        return
    look = "strong" if is_on(properties, "b") else ""
    if is_on(properties, "strike") or is_on(properties, "dstrike"):
        look = "struck"
    for element in run:
        if element.tag == "t":
            yield element.text or "", look
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag], look
        elif element.tag in {"footnoteReference", "endnoteReference"}:
            yield f"[^{element.tag[0]}{element.get('id', '')}]", "raw"
