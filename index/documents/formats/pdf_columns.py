"""Puts the words of a page into reading order: column after column.

A page is divided where a column begins: at an edge that several fragments share, above and below
the fragments that run across it. Both sides must hold lines of prose, since the columns of a table
are read row by row. Each side is then divided in the same way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.formats.pdf_page import Fragment

# A page with more parts is a drawing or a wide table: it is read in the order of the file.
MAX_CHUNKS = 1_000
_MAX_EDGES = 12  # how many edges are tried, those with most lines first
_MAX_DEPTH = 6
# Both sides of a division hold at least so many lines, of at least so many characters each (the
# median), which are at least this share of the longest.
_MIN_LINES = 3
_MIN_CHARS = 18
_MIN_FILL = 0.55
_SAME_EDGE = 3.0  # points


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Fragments that stand close to each other on one line, and the place of all of them."""

    fragments: tuple[Fragment, ...]
    left: float
    right: float
    middle: float
    chars: int


@dataclass(frozen=True, slots=True)
class _Band:
    """Chunks between two that run across an edge: those on its left and on its right."""

    left: list[_Chunk]
    right: list[_Chunk]


def reading_order(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Returns the columns of a page in reading order; a page without columns is one column."""
    chunks = list(_chunks(fragments))
    columns = _divide(chunks, 0) if len(chunks) <= MAX_CHUNKS else [chunks]
    return [[part for chunk in column for part in chunk.fragments] for column in columns if column]


def _chunks(fragments: Sequence[Fragment]) -> Iterator[_Chunk]:
    chunk: list[Fragment] = []
    for fragment in fragments:
        if chunk and not _is_beside(chunk[-1], fragment):
            yield _chunk(chunk)
            chunk = []
        chunk.append(fragment)
    if chunk:
        yield _chunk(chunk)


def _is_beside(last: Fragment, fragment: Fragment) -> bool:
    size = max(last.size, fragment.size)
    on_line = abs(last.middle - fragment.middle) <= 0.5 * size
    return on_line and -0.5 * size <= fragment.left - last.right <= size


def _chunk(fragments: list[Fragment]) -> _Chunk:
    return _Chunk(
        tuple(fragments),
        min(part.left for part in fragments),
        max(part.right for part in fragments),
        fragments[0].middle,
        sum(len(part.text) for part in fragments),
    )


def _divide(chunks: list[_Chunk], depth: int) -> list[list[_Chunk]]:
    edge = _best_edge(chunks) if depth < _MAX_DEPTH else None
    if edge is None:
        return [chunks]
    columns: list[list[_Chunk]] = []
    across: list[_Chunk] = []
    for part in _bands(chunks, edge):
        if isinstance(part, _Band) and _are_columns(part):
            columns += _divide(across, depth + 1) if across else []
            columns += _divide(part.left, depth + 1) + _divide(part.right, depth + 1)
            across = []
        elif isinstance(part, _Band):
            across += part.left + part.right
        else:
            across.append(part)
    return columns + (_divide(across, depth + 1) if across else [])


def _best_edge(chunks: Sequence[_Chunk]) -> float | None:
    """Returns the edge with most lines in columns beside it, or None if there are no columns."""
    counts = Counter(round(part.left / _SAME_EDGE) for part in chunks)
    often = [step for step, count in counts.most_common() if count >= _MIN_LINES][:_MAX_EDGES]
    best, most = None, 0
    for step in often:
        edge = (step - 0.5) * _SAME_EDGE
        bands = [part for part in _bands(chunks, edge) if isinstance(part, _Band)]
        lines = sum(len(band.left) + len(band.right) for band in bands if _are_columns(band))
        if lines > most:
            best, most = edge, lines
    return best


def _bands(chunks: Sequence[_Chunk], edge: float) -> list[_Band | _Chunk]:
    """Returns what stands beside an edge, and what runs across it, from top to bottom."""
    parts: list[_Band | _Chunk] = []
    for chunk in sorted(chunks, key=lambda part: (-part.middle, part.left)):
        if chunk.left < edge < chunk.right:
            parts.append(chunk)
            continue
        if not parts or not isinstance(parts[-1], _Band):
            parts.append(_Band([], []))
        band = parts[-1]
        if isinstance(band, _Band):
            (band.left if chunk.right <= edge else band.right).append(chunk)
    return parts


def _are_columns(band: _Band) -> bool:
    return _is_prose(band.left) and _is_prose(band.right)


def _is_prose(side: Sequence[_Chunk]) -> bool:
    """Returns whether one side of an edge holds lines of prose, and no cells of a table."""
    if len(side) < _MIN_LINES:
        return False
    widths = [part.right - part.left for part in side]
    fill = median(widths) / max(*widths, 1.0)  # not of the whole side, which may have two columns
    return fill >= _MIN_FILL and median(part.chars for part in side) >= _MIN_CHARS
