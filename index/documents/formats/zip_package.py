"""Formats that are XML files in a zip file: opening them without being overwhelmed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from index.documents.formats.contents import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of all parts that are read. A book of a thousand pages has 10 MB of XML.
MAX_UNPACKED_BYTES = 50_000_000
# No document comes near.
_MAX_PARTS = 20_000
_MAX_DEPTH = 200
_DAMAGED = "it is damaged: open it in its program and save it again"
# How files of old programs begin, and encrypted files of new ones.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_RELATIONSHIPS = ("officeDocument/2006/relationships", "officeDocument/relationships")


class Package:
    """A zip file whose parts are read one by one, and not more of them than the limit."""

    def __init__(self, data: bytes) -> None:
        """Opens the zip file.

        Raises:
            UnreadableError: The bytes are no zip file, or it has too many parts.
        """
        if data.startswith(_OLD_OFFICE):
            raise UnreadableError(
                "it is protected by a password or of an old format: save it anew without a password"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            names = self._archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnreadableError(_DAMAGED) from (error)
        if len(names) > _MAX_PARTS:
            raise UnreadableError(f"it has more than {_MAX_PARTS} parts; split it")
        self.names: Sequence[str] = names
        self._left = MAX_UNPACKED_BYTES

    def check_xml(self) -> None:
        """Looks at all parts of XML before a library opens them.

        Raises:
            UnreadableError: They are too large, one is damaged, or one has a document type.
        """
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                try:
                    _refuse_document_type(self.read(name) or b"")
                except expat.ExpatError as error:
                    raise UnreadableError(_DAMAGED) from error

    def read(self, name: str) -> bytes | None:
        """Returns the bytes of a part, or None if there is no such part.

        Raises:
            UnreadableError: It is damaged or encrypted, or too large with what was read before.
        """
        try:
            part = self._archive.getinfo(name)
        except KeyError:
            return None
        if part.flag_bits & 1:
            raise UnreadableError("it is protected by a password: save it without one")
        # No more bytes are unpacked than the zip file states: the module stops there.
        self._left -= part.file_size
        if self._left < 0:
            raise UnreadableError(
                f"it unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; split it"
            )
        try:
            return self._archive.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableError(_DAMAGED) from (error)

    def xml(self, name: str) -> Element | None:
        """Returns the root of a part, or None if there is no such part; see `parse_xml`."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def targets(self, name: str) -> dict[str, str]:
        """Returns what the relationships of a part lead to, by their ids.

        A part of this file is named as `names` does, an address of the web as it is written.
        """
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[each.get("Id", "")] = target
        return found


def small_number(text: str | None, default: int) -> int:
    """Returns the number that an attribute states; the default if it states no small number."""
    return int(text) if text and re.fullmatch("[0-9]{1,6}", text) else default


def parse_xml(data: bytes) -> Element:
    """Returns the root of an XML document, without the namespaces of its names.

    An attribute of the namespace of relationships keeps the prefix "r:", as `id` and `r:id` stand
    side by side.

    Raises:
        UnreadableError: It is no XML, it is nested too deeply, or it has a document type: no format
            needs one here, and its entities can grow beyond all bounds.
    """
    try:
        _refuse_document_type(data)
        parser = XMLParser()  # noqa: S314  -- a document type, where entities are declared, is refused
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(_DAMAGED) from error
    _drop_namespaces(root)
    return root


class _FirstElement(Exception):  # noqa: N818  -- no error: the part before it is looked at alone
    pass


def _refuse_document_type(data: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise UnreadableError("it holds a document type declaration, which no such document needs")

    def stop(*_: object) -> None:
        raise _FirstElement

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        parser.Parse(data, True)
    except _FirstElement:
        return


def _drop_namespaces(root: Element) -> None:
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            raise UnreadableError("it is nested too deeply")
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
        for name in [each for each in element.attrib if each.startswith("{")]:
            space, _, local = name[1:].rpartition("}")
            prefix = "r:" if space.endswith(_RELATIONSHIPS) else ""
            element.set(prefix + local, element.attrib.pop(name))
        waiting += [(child, depth + 1) for child in element]
