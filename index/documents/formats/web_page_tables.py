"""Lays out the cells of a web page's table as rows of equal columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.documents.formats.markdown_blocks import Block, Paragraph, Table
from index.documents.formats.table_header import has_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A cell that spans rows is written in each of them, so that each row can be read alone. No more
# rows, and no more characters in one table, are filled in that way.
_MAX_ROWS_SPANNED = 100
_MAX_REPEATED_CHARS = 20_000
# No cell of a table that people read reaches over more columns, and no such table has more.
_MAX_COLUMNS_SPANNED = 20
_MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: inline Markdown, whether it is a heading, and how far it reaches."""

    text: str
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Row:
    """The cells of one row, and whether the row stands in the head of its table."""

    in_head: bool
    cells: list[Cell] = field(default_factory=list)


def lay_out(rows: Sequence[Row]) -> Block | None:
    """Returns a table with its header first; None for a table without words.

    A table too wide to be read in columns becomes a paragraph with a line for each row.
    """
    filled = [row for row in rows if any(cell.text for cell in row.cells)]
    if not filled:
        return None
    grid: list[list[str]] = []
    for row in _grid(filled):
        if len(row) > _MAX_COLUMNS:
            return _lines(filled)
        grid.append(row)
    heads = _header_rows(filled, grid)
    header = _joined(grid[:heads]) if heads else ("",)
    return Table((header, *(tuple(row) for row in grid[heads:])))


def _lines(rows: Sequence[Row]) -> Paragraph:
    lines = (" ".join(cell.text for cell in row.cells if cell.text) for row in rows)
    return Paragraph("  \n".join(line for line in lines if line))


def _grid(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yields the texts of each row, with those of cells that reach down from rows above."""
    reaching: dict[int, tuple[int, str]] = {}  # column -> (rows left, text)
    budget = _MAX_REPEATED_CHARS
    for row in rows:
        texts: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in row.cells:
            budget -= _reach_down(texts, reaching, below)
            for offset in range(cell.columns):
                text = "" if offset else cell.text
                if cell.rows > 1:
                    below[len(texts)] = (cell.rows - 1, text if len(text) <= budget else "")
                texts.append(text)
        budget -= _reach_down(texts, reaching, below)
        reaching = below
        yield texts


def _reach_down(
    texts: list[str], reaching: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]
) -> int:
    """Appends the cells that reach into the next columns; returns how many characters these are."""
    chars = 0
    while len(texts) in reaching:
        rows, text = reaching.pop(len(texts))
        if rows > 1:
            below[len(texts)] = (rows - 1, text)
        texts.append(text)
        chars += len(text)
    return chars


def _header_rows(rows: Sequence[Row], grid: Sequence[Sequence[str]]) -> int:
    """Returns how many rows are the header: 0 where only the first column has headings."""
    heads = 0
    while heads < len(rows) and (rows[heads].in_head or _is_all_headings(rows[heads])):
        heads += 1
    if heads == len(rows):
        return 1
    has_headings = any(cell.is_header for row in rows for cell in row.cells)
    return heads or int(not has_headings and has_header(grid))


def _is_all_headings(row: Row) -> bool:
    return len(row.cells) > 1 and all(cell.is_header for cell in row.cells)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Returns several header rows as one."""
    width = max(len(row) for row in rows)
    columns = ([row[column] for row in rows if column < len(row)] for column in range(width))
    return tuple(" ".join(dict.fromkeys(text for text in column if text)) for column in columns)


def row_span(value: str | None) -> int:
    """Returns how many rows a cell reaches over, given its attribute."""
    return _span(value, _MAX_ROWS_SPANNED)


def column_span(value: str | None) -> int:
    """Returns how many columns a cell reaches over, given its attribute."""
    return _span(value, _MAX_COLUMNS_SPANNED)


def _span(value: str | None, limit: int) -> int:
    digits = (value or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4:
        return 1
    return min(max(int(digits), 1), limit)
