"""Joins the lines of a column into paragraphs, items of lists, code and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from index.documents.formats.pdf_page import Line
from index.documents.formats.pdf_tables import Grid, find_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_BULLET = re.compile(r"[•‣▪■●○◦∙·–—*\u2043\uf0a7\uf076\uf0d8-]\s+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
# A line of a table of contents: a heading, dots and the number of a page.
_LEADER_CHARS = 200  # how much of a line's end is looked at
_LEADER = re.compile(r"(?:\. ?|\u2026 ?|\u00b7 ?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$")
_HYPHENS = frozenset("-\u2010\u00ad")
_ENDED = (".", "!", "?", ":", ";")
# Two lines of a paragraph are not farther apart than this many line distances.
_PARAGRAPH_GAP = 1.35
# Wider than double spacing, in font sizes.
_MAX_LINE_GAP = 2.6
_SAME_SIZE = 0.08
_INDENT = 0.8  # font sizes


class Kind(Enum):
    """What the lines of a piece are."""

    TEXT = "text"
    ITEM = "item"
    CODE = "code"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together.

    Attributes:
        kind: What they are.
        lines: The lines.
        page: The page on which they begin, from 0.
        column: The column on which they begin, counted through the document.
        marker: How many characters of an item's first line are its sign or number.
        number: An item's number; None without.
        grid: The rows of a table.
    """

    kind: Kind
    lines: tuple[Line, ...]
    page: int
    column: int
    marker: int = 0
    number: int | None = None
    grid: Grid | None = None


def pieces_of(lines: Sequence[Line], page: int, column: int, *, code: bool) -> Iterator[Piece]:
    """Yields the pieces of a column; lines of a table of contents are left out.

    Args:
        lines: The lines of the column, from top to bottom.
        page: The page, from 0.
        column: The number of the column.
        code: Whether lines in a font of fixed width are code.
    """
    lines = [line for line in lines if not _LEADER.search(line.text[-_LEADER_CHARS:])]
    if not lines:
        return
    pitch = _pitch(lines)
    for is_table, group in groupby(
        find_tables(lines, code=code), lambda part: isinstance(part, Grid)
    ):
        if is_table:
            tables = [part for part in group if isinstance(part, Grid)]
            yield from (Piece(Kind.TABLE, part.lines, page, column, grid=part) for part in tables)
        else:
            prose = [part for part in group if isinstance(part, Line)]
            for piece in _divided(prose, pitch, code=code):
                yield _piece(piece, page, column, code=code)


def _divided(lines: Sequence[Line], pitch: float, *, code: bool) -> Iterator[list[Line]]:
    """Yields the lines of each piece."""
    shape = _Shape.of(lines, pitch)
    waiting: list[Line] = []
    for line in lines:
        if waiting and _begins_piece(waiting, line, shape, code=code):
            yield waiting
            waiting = []
        waiting.append(line)
    yield waiting


def _pitch(lines: Sequence[Line]) -> float:
    """Returns the usual distance of two lines; 0 if there are no two of one size."""
    distances = sorted(
        above.middle - below.middle
        for above, below in pairwise(lines)
        if _is_same_size(above, below)
    )
    # The lower quarter: where paragraphs have one line each, most distances are those between
    # paragraphs.
    return distances[len(distances) // 4] if distances else 0.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """The edges of lines that no table interrupts, and the usual distance of lines.

    The right edge is that of the longest line of the same font size.
    """

    left: float
    rights: Mapping[int, float]
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line], pitch: float) -> _Shape:
        rights: dict[int, float] = {}
        for line in lines:
            rights[round(line.size)] = max(line.right, rights.get(round(line.size), line.right))
        return cls(min(line.left for line in lines), rights, pitch)

    def right(self, line: Line) -> float:
        """Returns where the longest line ends that has the font size of a line."""
        return self.rights[round(line.size)]


def _piece(lines: list[Line], page: int, column: int, *, code: bool) -> Piece:
    if code and lines[0].fixed:
        return Piece(Kind.CODE, tuple(lines), page, column)
    marker, number = _marker(lines[0].text)
    kind = Kind.ITEM if marker else Kind.TEXT
    return Piece(kind, tuple(lines), page, column, marker, number)


def _marker(text: str) -> tuple[int, int | None]:
    """Returns how many characters the sign of an item has, and its number."""
    bullet = _BULLET.match(text)
    if bullet is not None:
        return bullet.end(), None
    number = _NUMBER.match(text)
    return (number.end(), int(number[1])) if number is not None else (0, None)


def _begins_piece(waiting: Sequence[Line], line: Line, shape: _Shape, *, code: bool) -> bool:
    """Returns whether a line begins a piece of its own, below the lines before it."""
    last = waiting[-1]
    if not _is_same_size(last, line) or last.bold != line.bold:
        return True
    if code and (last.fixed or line.fixed):
        return last.fixed != line.fixed
    if last.middle - line.middle > _MAX_LINE_GAP * line.size or _begins_item(waiting, line, shape):
        return True
    return _begins_paragraph(waiting, line, shape)


def _begins_paragraph(waiting: Sequence[Line], line: Line, shape: _Shape) -> bool:
    """Returns whether a line that looks like the lines before begins a paragraph of its own."""
    last = waiting[-1]
    ended = _is_ended(last, line)
    if not ended and _is_full(last, line, shape):
        return False
    pitch = min(shape.pitch or 1.25 * line.size, 1.6 * line.size)
    if last.middle - line.middle > _PARAGRAPH_GAP * pitch:
        return True
    return _is_set_apart(waiting, line) or (ended and _is_short(last, line, shape))


def _begins_item(waiting: Sequence[Line], line: Line, shape: _Shape) -> bool:
    """Returns whether a line begins an item; a number may also continue a sentence."""
    marker, number = _marker(line.text)
    if not marker:
        return False
    if number is None:
        return True
    last = waiting[-1]
    follows = _marker(waiting[0].text)[1] == number - 1
    return follows or last.text.endswith(_ENDED) or not _is_full(last, line, shape)


def _is_ended(last: Line, line: Line) -> bool:
    """Returns whether a paragraph may end between two lines, by what is written there."""
    if last.text[-1:] in _HYPHENS and last.text[-2:-1].isalnum():
        return False
    return last.text.endswith(_ENDED) or not line.text[:1].islower()


def _is_full(last: Line, line: Line, shape: _Shape) -> bool:
    """Returns whether the first word of a line would have had no room in the line before."""
    text = line.text
    word = text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(text), 1)
    return last.right + width >= shape.right(last) - line.size


def _is_short(last: Line, line: Line, shape: _Shape) -> bool:
    room = 0.15 * (shape.right(last) - shape.left)
    return not _is_full(last, line, shape) and last.right < shape.right(last) - room


def _is_set_apart(waiting: Sequence[Line], line: Line) -> bool:
    """Returns whether a line is indented as the first one of a paragraph is, or no longer so."""
    first, last = waiting[0], waiting[-1]
    step = _INDENT * line.size
    is_centred = abs((last.left + last.right) - (line.left + line.right)) < line.size
    if is_centred:
        return False
    if _marker(first.text)[0]:
        return line.left < (last.left if len(waiting) > 1 else first.left + 0.3 * step) - 0.3 * step
    return line.left > last.left + step and (len(waiting) > 1 or last.text.endswith(_ENDED))


def _is_same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)
