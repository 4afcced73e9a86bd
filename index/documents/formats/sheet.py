"""A sheet of cells, from a spreadsheet or from separated values, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError
from index.documents.formats.markdown_writer import escape_inside, join_blocks, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# As many as 100,000 rows of ten cells.
MAX_CELLS = 1_000_000
# A line above the header, such as the title of the table, has no more cells than this.
_MAX_CELLS_ABOVE = 1


def write_sheet(rows: Iterable[Sequence[str]]) -> str:
    """Returns rows as a table below its header; lines of one cell above the header are paragraphs.

    Empty rows are left out, and so are empty cells at the end of a row.

    Raises:
        UnreadableError: There are more than `MAX_CELLS` cells.
    """
    kept = list(_filled(rows))
    widest = max(map(len, kept), default=0)
    start = 0
    while start < len(kept) and len(kept[start]) <= _MAX_CELLS_ABOVE < widest:
        start += 1
    above = [escape_inside(row[0]) for row in kept[:start]]
    return join_blocks(
        [*above, write_table([list(map(escape_inside, row)) for row in kept[start:]])]
    )


def _filled(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    cells = 0
    for row in rows:
        cells += 1 + len(row)
        if cells > MAX_CELLS:
            raise UnreadableError(f"it has more than {MAX_CELLS:,} cells; split it")
        kept = [cell.strip() for cell in row]
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            yield kept
