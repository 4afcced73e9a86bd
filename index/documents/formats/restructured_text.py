"""reStructuredText (.rst): read by docutils, with nothing included and nothing run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import __version__ as docutils_version
from docutils.core import publish_doctree

from index.documents.fields import usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.markdown import from_markdown
from index.documents.formats.restructured_blocks import write_document
from index.documents.formats.restructured_markup import register_fallbacks

if TYPE_CHECKING:
    from docutils import nodes

EXTRACTOR = f"docutils {docutils_version}; clipping rst 1"
# docutils takes ten seconds for so much, and more than twice as much for twice as many lines.
MAX_RST_CHARS = 2_000_000
MAX_RST_LINES = 20_000
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "doctitle_xform": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "line_length_limit": 100_000,
    "embed_stylesheet": False,
    "input_encoding": "unicode",
}
# The fields at the head of a file, and the metadata that they are.
_FIELDS = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "date": "published",
    "published": "published",
    "created": "published",
    "updated": "updated",
    "last-modified": "updated",
    "tags": "tags",
    "description": "description",
    "summary": "description",
}


def read_rst(data: bytes) -> Contents:
    """Returns the contents of a file in reStructuredText, with what Sphinx adds to it.

    Raises:
        UnreadableError: It is no text, too long, or nested too deeply.
    """
    source, notes = decode(data)
    source = source.removeprefix("\ufeff")
    if len(source) > MAX_RST_CHARS:
        raise UnreadableError(f"it has more than {MAX_RST_CHARS:,} characters; split it")
    if source.count("\n") > MAX_RST_LINES:
        raise UnreadableError(f"it has more than {MAX_RST_LINES:,} lines; split it")
    register_fallbacks(source)
    try:
        document = publish_doctree(source, settings_overrides=_SETTINGS)
        text = write_document(document)
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply") from error
    if not text:
        raise UnreadableError("it holds no text, or a line that is too long to be read")
    return from_markdown(text, usable(_fields(document)), extractor=EXTRACTOR, notes=notes)


def _fields(document: nodes.document) -> dict[str, object]:
    """Returns the metadata that the field list at the head of a document states."""
    found: dict[str, object] = {}
    for node in document.findall():
        name = node.tagname
        value = node.astext().strip()
        if name == "field" and len(node.children) == 2:
            name, value = (child.astext().strip() for child in node.children)
        field = _FIELDS.get(name.lower())
        if field and value and node.parent.tagname in {"docinfo", "field_list", "authors"}:
            found.setdefault(field, value)
        if name == "section" and node.parent is not document:
            break
    return found
