"""Electronic books (.epub): their chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.documents.fields import Fields, usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.html_text import html_to_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import join_blocks, one_line
from index.documents.formats.zip_package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

EXTRACTOR = "clipping epub 1"
_FIELDS = {
    "title": "title",
    "creator": "author",
    "date": "published",
    "description": "description",
    "subject": "tags",
}


def read_epub(data: bytes) -> Contents:
    """Returns the contents of a book; its table of contents is left out.

    Raises:
        UnreadableError: It is damaged, protected against copying, too large, or holds no text.
    """
    package = Package(data)
    if package.read("META-INF/encryption.xml") and package.read("META-INF/rights.xml"):
        raise UnreadableError("it is protected against copying")
    container = package.xml("META-INF/container.xml")
    place = None if container is None else container.find("rootfiles/rootfile")
    name = "" if place is None else place.get("full-path", "")
    root = package.xml(name)
    if root is None:
        raise UnreadableError("it is no book: save it as .epub")
    text = join_blocks(_chapters(package, root, posixpath.dirname(name)))
    if not text:
        raise UnreadableError("it holds no text, only pictures or nothing at all")
    return from_markdown(text, _metadata(root), extractor=EXTRACTOR)


def _chapters(package: Package, root: Element, folder: str) -> Iterator[str]:
    parts = {each.get("id"): each for each in root.iter("item")}
    for reference in root.iter("itemref"):
        part = parts.get(reference.get("idref"))
        if part is None or "nav" in part.get("properties", "").split():
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(part.get("href", ""))))
        page = package.read(path)
        if page:
            yield html_to_markdown(decode(page)[0])


def _metadata(root: Element) -> Fields:
    stated: dict[str, object] = {}
    for element in root.findall("metadata/*"):
        name = _FIELDS.get(element.tag)
        value = one_line(element.text or "")
        if name and value:
            stated.setdefault(name, value[:10] if name == "published" else value)
    return usable(stated)
