"""Org (.org): headings, lists, tables, blocks and links, read line by line.

What only Emacs can work out is left as it is written: macros, formulas, included files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.fields import usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.line_markup import (
    CODE,
    LINK,
    MAX_DEPTH,
    NOTE,
    PLAIN,
    STRONG,
    Positions,
    split_lines,
    write_inline,
)
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    join_blocks,
    strong,
    write_code,
    write_heading,
    write_item,
    write_quotation,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = "clipping org 1"
_HEADING = re.compile(
    r"^(\*{1,8}) +(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)\b *)?(?:\[#\w\] *)?(\S.*)$"
)
_TAGS = re.compile(r"(?<=[ \t]):[\w@:]{1,200}:$")
_KEYWORD = re.compile(r"^[ \t]*#\+(\w+):[ \t]*(.*)$")
_BEGIN = re.compile(r"^[ \t]*#\+begin_(\w+)(?:[ \t]+(\S+))?", re.IGNORECASE)
_ITEM = re.compile(r"^([ \t]*)(?:([-+])|(\d{1,4})[.)])[ \t]+(?:\[[ X-]\][ \t]+)?(\S.*)$")
_NESTED_STAR = re.compile(r"^([ \t]+)\*[ \t]+(?=\S)")
_TERM = re.compile(r"^(.{1,200}?)[ \t]+::[ \t]+")
_DRAWER = re.compile(r"^[ \t]*:(?:PROPERTIES|LOGBOOK):[ \t]*$", re.IGNORECASE)
_PLANNED = re.compile(r"^[ \t]*(?:CLOCK|CLOSED):")
_NOTE_TEXT = re.compile(r"^\[fn:([\w-]+)\][ \t]+(\S.*)$")
_INLINE = (
    (re.compile(r"\[\[(?P<target>[^\]\[]+)\](?:\[(?P<text>[^\]\[]+)\])?\]"), LINK),
    (re.compile(r"\[fn:(?P<text>[\w-]+)\]"), NOTE),
    (re.compile(r"(?<!\w)([=~])(?P<text>[^\s=~](?:[^=~\n]{0,300}[^\s=~])?)\1(?!\w)"), CODE),
    (re.compile(r"(?<![\w*])\*(?P<text>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])"), STRONG),
    (re.compile(r"(?<![\w/:])/(?P<text>[^\s/](?:[^/\n]{0,300}[^\s/])?)/(?![\w/])"), PLAIN),
)
_FIELDS = {
    "title": "title",
    "author": "author",
    "date": "published",
    "description": "description",
    "filetags": "tags",
    "keywords": "tags",
}


def read_org(data: bytes) -> Contents:
    """Returns the contents of an Org file.

    Raises:
        UnreadableError: It is no text, or holds none.
    """
    source, notes = decode(data)
    lines = split_lines(source, tab=8)
    stated = _keywords(lines)
    text = join_blocks(_blocks(lines))
    if not re.search(r"\w", text):
        raise UnreadableError("it holds no text")
    return from_markdown(text, usable(stated), extractor=EXTRACTOR, notes=notes)


def _keywords(lines: list[str]) -> dict[str, object]:
    stated: dict[str, object] = {}
    for found in filter(None, map(_KEYWORD.match, lines)):
        name = _FIELDS.get(found[1].lower())
        value = found[2].strip().strip("<>[]")
        if name and value:
            stated.setdefault(name, value[:10] if name == "published" else value)
    return stated


def _blocks(lines: list[str], depth: int = 0) -> Iterator[str]:
    ends = Positions(line.strip().lower() for line in lines)
    position = 0
    while position < len(lines):
        line = lines[position]
        begin = _BEGIN.match(line)
        if begin:
            end = ends.after(position, f"#+end_{begin[1]}".lower()) or position
            yield _special(begin, lines[position + 1 : end], depth)
        elif _DRAWER.match(line):
            end = ends.after(position, ":end:") or position
        elif _kind(line) == "heading":
            end = position
            found = _HEADING.match(line)
            words = _TAGS.sub("", found[2].rstrip()) if found else ""
            yield write_heading(len(found[1]), _inline(words)) if found else ""
        elif _kind(line) == "silent":
            end = position
        else:
            end = position
            while end + 1 < len(lines) and _goes_on(line, lines[end + 1]):
                end += 1
            yield _WRITERS[_kind(line)](lines[position : end + 1])
        position = end + 1


def _kind(line: str) -> str:
    if not line.strip() or re.match(r"\s*#(?:\s|\+|$)", line) or _PLANNED.match(line):
        return "silent"
    if _HEADING.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    return "list" if _ITEM.match(_NESTED_STAR.sub(r"\1- ", line)) else "paragraph"


def _goes_on(first: str, line: str) -> bool:
    """Returns whether a line belongs to the block that begins with the first line."""
    kind = _kind(line)
    if _kind(first) == "list" and kind == "paragraph":
        return line.startswith(" ") and not _BEGIN.match(line)
    return kind == _kind(first) and not _DRAWER.match(line)


def _special(begin: re.Match[str], lines: list[str], depth: int) -> str:
    name = begin[1].lower()
    if name in {"src", "example", "export", "verbatim"}:
        if name == "export":
            return ""
        return write_code("\n".join(lines), (begin[2] or "") if name == "src" else "")
    if name == "comment":
        return ""
    if depth > MAX_DEPTH:
        return _inline("\n".join(lines))
    inner = join_blocks(_blocks(lines, depth + 1))
    return write_quotation(inner) if name in {"quote", "verse"} and inner else inner


def _paragraph(lines: list[str]) -> str:
    note = _NOTE_TEXT.match(lines[0])
    if note:
        return f"[^{note[1]}]: {_inline(' '.join([note[2], *map(str.strip, lines[1:])]))}"
    return _inline("\n".join(line.strip() for line in lines))


def _list(lines: list[str]) -> str:
    items: list[tuple[int, str, str]] = []
    for line in lines:
        found = _ITEM.match(_NESTED_STAR.sub(r"\1- ", line))
        if found:
            items.append((len(found[1]), f"{found[3]}." if found[3] else "-", found[4]))
        elif items:
            column, marker, words = items[-1]
            items[-1] = (column, marker, f"{words}\n{line.strip()}")
    return "\n".join(_nested(items))


def _nested(items: list[tuple[int, str, str]]) -> Iterator[str]:
    columns: list[int] = []
    for column, marker, words in items:
        while columns and columns[-1] > column:
            columns.pop()
        if not columns or columns[-1] < column:
            columns.append(column)
        term = _TERM.match(words)
        label = f"{strong(_inline(term[1]))}: " if term else ""
        yield write_item(
            marker, label + _inline(words[term.end() :] if term else words), len(columns) - 1
        )


def _table(lines: list[str]) -> str:
    rows = [
        line.strip().strip("|").split("|") for line in lines if not re.match(r"\s*\|[-+]", line)
    ]
    return write_table([[_inline(cell.strip()) for cell in row] for row in rows])


def _inline(text: str) -> str:
    return write_inline(text, _INLINE)


_WRITERS = {"paragraph": _paragraph, "list": _list, "table": _table}
