"""Finds tables among the lines of a PDF: rows whose cells stand below each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.formats.pdf_page import Fragment, Line

# Words of one line that are farther apart than this many font sizes stand in two cells.
_CELL_GAP = 1.0
# A row is not farther from the next one than this many font sizes.
_MAX_ROW_GAP = 3.5
_MIN_ROWS = 2
# No page has more lines that people can read.
_MAX_ROWS = 200
MARKER = re.compile(r"(?:[•‣▪■●○◦∙·–—*-]|\(?\d{1,3}[.)])")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, each with the fragments in it, and the lines it stands on."""

    rows: tuple[tuple[tuple[Fragment, ...], ...], ...]
    lines: tuple[Line, ...]


def find_tables(lines: Sequence[Line], *, code: bool) -> list[Line | Grid]:
    """Returns the lines of a column, with tables in place of the lines that form them.

    Where lines of fixed width are code, no table begins with one.
    """
    parts: list[Line | Grid] = []
    position = 0
    while position < len(lines):
        end = position if code and lines[position].fixed else _end_of_rows(lines, position)
        grid = _grid(lines[position:end]) if end - position >= _MIN_ROWS else None
        if grid is None:
            end = position + 1
            parts.append(lines[position])
        else:
            parts.append(grid)
        position = end
    return parts


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """Returns where rows end that begin at a line: at the first line that is no row."""
    if len(_cells(lines[start])) < 2:
        return start
    second = _cells(lines[start])[1][0].left
    end = start + 1
    while end < min(len(lines), start + _MAX_ROWS):
        line = lines[end]
        too_far = lines[end - 1].middle - line.middle > _MAX_ROW_GAP * line.size
        is_row = len(_cells(line)) > 1 or line.left >= second - line.size
        if too_far or not is_row:
            break
        end += 1
    return end


def _cells(line: Line) -> list[list[Fragment]]:
    """Returns the fragments of a line by the cells they stand in; a list's sign is no cell."""
    cells: list[list[Fragment]] = []
    for part in line.fragments:
        last = cells[-1][-1] if cells else None
        is_marker = len(cells) == 1 and MARKER.fullmatch(cells[0][0].text.strip()) is not None
        if last is not None and (is_marker or part.left - last.right <= _CELL_GAP * part.size):
            cells[-1].append(part)
        else:
            cells.append([part])
    return cells


def _grid(lines: Sequence[Line]) -> Grid | None:
    """Returns lines as a table, or None if their cells do not stand below each other."""
    cells = [_cells(line) for line in lines]
    columns = _columns([cell for row in cells for cell in row])
    if len(columns) < 2 or sum(len(row) > 1 for row in cells) < _MIN_ROWS:
        return None
    rows: list[list[list[Fragment]]] = []
    for row in cells:
        placed: list[list[Fragment]] = [[] for _ in columns]
        for cell in row:
            placed[_column_of(cell, columns)].extend(cell)
        if rows and not placed[0]:  # the rest of cells that have several lines
            for cell, rest in zip(rows[-1], placed, strict=True):
                cell.extend(rest)
        else:
            rows.append(placed)
    if len(rows) < _MIN_ROWS:
        return None
    return Grid(tuple(tuple(map(tuple, row)) for row in rows), tuple(lines))


def _columns(cells: Sequence[Sequence[Fragment]]) -> list[tuple[float, float]]:
    """Returns where columns begin and end: stretches in which cells overlap."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((cell[0].left, cell[-1].right) for cell in cells):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _column_of(cell: Sequence[Fragment], columns: Sequence[tuple[float, float]]) -> int:
    left = cell[0].left
    return next(place for place, (begin, end) in enumerate(columns) if begin <= left <= end)
