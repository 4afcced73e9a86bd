"""Builds the blocks of a PDF from its pieces: headings, paragraphs, lists, tables and code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from index.documents.formats.markdown_blocks import (
    Block,
    Code,
    Heading,
    Items,
    Paragraph,
    Table,
)
from index.documents.formats.markdown_inline import Place, Run, write_inline
from index.documents.formats.pdf_headings import heading_levels
from index.documents.formats.pdf_page import Line, lines_of
from index.documents.formats.pdf_paragraphs import Kind, Piece
from index.documents.formats.pdf_words import join, line_runs
from index.documents.formats.table_header import has_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from index.documents.formats.pdf_page import Fragment

# Stands in the text where a page begins, until the text is written and the place is known.
PAGE_MARK = "\x1e"
_SAME_SIZE = 0.04
# No more blanks are written between two words of code.
_MAX_BLANKS = 80
# An item of an inner list stands so many font sizes to the right of the outer ones.
_NESTED = 0.8
_MAX_DEPTH = 6
_ENDED = re.compile(r"[.!?:;…][\"')\]”’»]*$")


@dataclass(slots=True)
class _Part:
    """A piece with its words joined.

    Attributes:
        piece: The piece.
        runs: Its words, without an item's sign.
        level: Its level if it is a heading; else 0.
        column: The column in which it ends.
        opens: How many pages begin before it.
        rows: Of a table, its rows of cells in Markdown.
    """

    piece: Piece
    runs: list[Run]
    level: int
    column: int
    opens: int = 0
    rows: list[tuple[str, ...]] = field(default_factory=list)


def outline(pieces: Sequence[Piece], known: AbstractSet[str], *, code: bool) -> list[Block]:
    """Returns the blocks of a document, with a `PAGE_MARK` for each page up to the last with words.

    Args:
        pieces: In reading order.
        known: The words of the document, for those that are divided at line ends.
        code: Whether words in a font of fixed width are code.
    """
    levels = heading_levels(pieces)
    parts: list[_Part] = []
    page = -1
    for piece, level in zip(pieces, levels, strict=True):
        opens, page = piece.page - page, piece.page
        runs = _words(piece, level, known, code=code)
        rows = _rows(piece, known)
        if parts and _is_rest_of_table(parts[-1], piece, rows):
            _append_rows(parts[-1], rows, opens)
        elif parts and not level and _continues(parts[-1], piece, runs):
            _append(parts[-1], runs, opens, known)
        else:
            parts.append(_Part(piece, runs, level, piece.column, opens, rows))
        parts[-1].column = piece.column
    return list(_blocks(parts))


def _words(piece: Piece, level: int, known: AbstractSet[str], *, code: bool) -> list[Run]:
    """Returns the words of a piece, without an item's sign; none for tables and code."""
    if piece.kind in {Kind.TABLE, Kind.CODE}:
        return []
    runs: list[Run] = []
    for line in piece.lines:
        join(runs, line_runs(line, code=code), known)
    return runs if level else _without_start(runs, piece.marker)


def _rows(piece: Piece, known: AbstractSet[str]) -> list[tuple[str, ...]]:
    """Returns the rows of a table as cells in Markdown."""
    grid = piece.grid.rows if piece.grid is not None else ()
    return [tuple(_cell(cell, known) for cell in row) for row in grid]


def _cell(fragments: Sequence[Fragment], known: AbstractSet[str]) -> str:
    runs: list[Run] = []
    for line in lines_of(fragments):
        join(runs, line_runs(line, code=False), known)
    return write_inline((Run(run.text, bold=run.bold) for run in runs), Place.CELL)


def _without_start(runs: list[Run], chars: int) -> list[Run]:
    for position, run in enumerate(runs):
        if chars < len(run.text):
            return [Run(run.text[chars:], *run.looks), *runs[position + 1 :]]
        chars -= len(run.text)
    return []


def _continues(part: _Part, piece: Piece, runs: Sequence[Run]) -> bool:
    """Returns whether a paragraph goes on in the next column, or on the next page."""
    last = part.piece
    if part.column == piece.column or part.level or piece.kind is not Kind.TEXT:
        return False
    if last.kind not in {Kind.TEXT, Kind.ITEM}:
        return False
    same_size = abs(last.lines[-1].size - piece.lines[0].size) <= _SAME_SIZE * piece.lines[0].size
    is_open = not _ENDED.search("".join(run.text for run in part.runs[-3:]).rstrip()[-20:])
    return same_size and is_open and bool(runs) and runs[0].text[:1].islower()


def _append(part: _Part, runs: list[Run], opens: int, known: AbstractSet[str]) -> None:
    join(part.runs, runs, known)
    if opens:
        part.runs.insert(len(part.runs) - len(runs), Run(PAGE_MARK * opens))


def _is_rest_of_table(part: _Part, piece: Piece, rows: Sequence[tuple[str, ...]]) -> bool:
    """Returns whether a table goes on in the next column, or on the next page."""
    if not rows or not part.rows or part.column == piece.column:
        return False
    return len(rows[0]) == len(part.rows[0])


def _append_rows(part: _Part, rows: Sequence[tuple[str, ...]], opens: int) -> None:
    """Appends rows to a table, without a header that is printed once more."""
    rest = rows[1:] if rows[0] == part.rows[0] and len(rows) > 1 else rows
    part.rows += [(PAGE_MARK * opens + rest[0][0], *rest[0][1:]), *rest[1:]]


def _blocks(parts: Iterable[_Part]) -> Iterator[Block]:
    items: list[_Part] = []
    for part in parts:
        if _is_item(part) or (items and _is_in_item(part, items)):
            items.append(part)
            continue
        if items:
            yield from _lists(items, 0)
            items = []
        yield from _block(part)
    if items:
        yield from _lists(items, 0)


def _is_item(part: _Part) -> bool:
    return part.piece.kind is Kind.ITEM and not part.level


def _is_in_item(part: _Part, items: Sequence[_Part]) -> bool:
    """Returns whether a paragraph is the second one of an item: all of it is indented."""
    if part.piece.kind is not Kind.TEXT or part.level or part.column != items[-1].column:
        return False
    line = items[0].piece.lines[0]
    return min(other.left for other in part.piece.lines) > line.left + _NESTED * line.size


def _block(part: _Part) -> Iterator[Block]:
    mark = PAGE_MARK * part.opens
    if part.rows:
        first, *rest = (
            part.rows if has_header(part.rows) else [("",) * len(part.rows[0]), *part.rows]
        )
        yield Table(((mark + first[0], *first[1:]), *rest))
    elif part.piece.kind is Kind.CODE:
        yield Code(mark + _code(part.piece))
    elif part.level:
        plain = [Run(run.text, code=run.code) for run in part.runs]
        yield Heading(part.level, mark + write_inline(plain, Place.HEADING))
    else:
        yield _paragraph(part)


def _lists(parts: Sequence[_Part], depth: int) -> Iterator[Items]:
    """Yields lists; items farther to the right than the one before are a list in it."""
    edge = parts[0].piece.lines[0].left
    groups: list[list[_Part]] = []
    for part in parts:
        line = part.piece.lines[0]
        is_inner = line.left > edge + _NESTED * line.size and part.column == parts[0].column
        if groups and (not _is_item(part) or (is_inner and depth < _MAX_DEPTH)):
            groups[-1].append(part)
        else:
            groups.append([part])
    items: list[tuple[Block, ...]] = []
    first = last = parts[0].piece.number
    for group in groups:
        number = group[0].piece.number
        if items and not _follows(last, number):
            yield Items(tuple(items), first)
            items, first = [], number
        items.append(tuple(_item_blocks(group, depth)))
        last = number
    yield Items(tuple(items), first)


def _item_blocks(group: Sequence[_Part], depth: int) -> Iterator[Block]:
    """Yields the blocks of an item: its words, its other paragraphs, and the lists in it."""
    yield _paragraph(group[0])
    for is_list, inner in groupby(group[1:], key=_is_item):
        if is_list:
            yield from _lists(list(inner), depth + 1)
        else:
            yield from map(_paragraph, inner)


def _paragraph(part: _Part) -> Paragraph:
    return Paragraph(PAGE_MARK * part.opens + write_inline(part.runs))


def _follows(last: int | None, number: int | None) -> bool:
    return last == number is None or (last is not None and number == last + 1)


def _code(piece: Piece) -> str:
    """Returns lines of code, with as many blanks as there is room for between their words."""
    edge = min(line.left for line in piece.lines)
    parts = [part for line in piece.lines for part in line.fragments]
    widths = sorted((part.right - part.left) / max(len(part.text), 1) for part in parts)
    width = max(widths[len(widths) // 2], 1.0)
    return "\n".join(_code_line(line, edge, width) for line in piece.lines)


def _code_line(line: Line, edge: float, width: float) -> str:
    text = ""
    for part in line.fragments:
        blanks = min(round((part.left - edge) / width) - len(text), _MAX_BLANKS)
        text += " " * max(blanks, 1 if text else 0) + part.text
    return text
