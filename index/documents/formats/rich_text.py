"""Rich Text (.rtf): paragraphs, bullets and tables; headings look like other paragraphs there."""

from __future__ import annotations

import re
from itertools import groupby

from striprtf.striprtf import rtf_to_text

from index.documents.fields import NO_FIELDS
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    escape_inside,
    join_blocks,
    without_half_characters,
    write_item,
    write_table,
)

EXTRACTOR = "striprtf; clipping rtf 1"
_BULLET = re.compile(r"^\s*(?:[•·▪◦\uf0b7]|(\d{1,3})[.)](?=\t))\s*")


def read_rtf(data: bytes) -> Contents:
    """Returns the contents of a text in RTF.

    Raises:
        UnreadableError: It is no RTF, damaged, or holds no text.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("it is no RTF: save it as .rtf or .docx")
    try:
        text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]  # the library has no types
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        raise UnreadableError("it is damaged: open it in its program and save it again") from error
    text = join_blocks(_blocks(text))
    if not text:
        raise UnreadableError("it holds no text, only pictures or nothing at all")
    return from_markdown(without_half_characters(text), NO_FIELDS, extractor=EXTRACTOR)


def _blocks(text: str) -> list[str]:
    """Returns lines as blocks: rows of cells as tables, bullets as lists, others as paragraphs."""
    blocks = []
    for kind, lines in groupby(text.splitlines(), _kind):
        if kind == "row":
            rows = [line.rstrip().removesuffix("|").split("|") for line in lines]
            blocks.append(write_table([list(map(escape_inside, row)) for row in rows]))
        elif kind == "item":
            blocks.append("\n".join(map(_item, lines)))
        else:
            blocks += [escape_markdown(line.strip()) for line in lines]
    return blocks


def _kind(line: str) -> str:
    if line.rstrip().endswith("|") and line.strip("| "):
        return "row"
    return "item" if _BULLET.match(line) else "paragraph"


def _item(line: str) -> str:
    found = _BULLET.match(line)
    number = found[1] if found else None
    words = line[found.end() :] if found else line
    return write_item(f"{number}." if number else "-", escape_inside(words.strip()))
