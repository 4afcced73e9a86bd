"""Finds the headings of a PDF by the size and the weight of their letters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.documents.formats.pdf_paragraphs import Kind, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A heading is larger than the text by this factor, or bold and short.
_LARGER = 1.12
_MAX_HEADING_CHARS = 200
_MAX_HEADING_LINES = 4
_MAX_BOLD_CHARS = 120
_MAX_BOLD_LINES = 2
_LEVELS = 6
# Sizes that differ by less are the same size.
_SAME_SIZE = 0.04


def heading_levels(pieces: Sequence[Piece]) -> list[int]:
    """Returns the level of each piece that is a heading, by its size; 0 for the others."""
    chars: Counter[float] = Counter()
    bold_chars = 0
    for piece in pieces:
        if piece.kind is not Kind.CODE:
            for line in piece.lines:
                chars[round(line.size * 2) / 2] += len(line.text)
                bold_chars += len(line.text) if line.bold else 0
    if not chars:
        return [0] * len(pieces)
    body = max(chars, key=lambda size: (chars[size], -size))
    bold_counts = bold_chars < chars.total() / 2
    larger = [_is_larger(piece, body) for piece in pieces]
    sizes = _distinct(
        piece.lines[0].size for piece, is_one in zip(pieces, larger, strict=True) if is_one
    )
    return [
        _level_of(piece.lines[0].size, sizes)
        if is_larger
        else min(len(sizes) + 1, _LEVELS) * (bold_counts and _is_bold_heading(piece, body))
        for piece, is_larger in zip(pieces, larger, strict=True)
    ]


def _distinct(sizes: Iterable[float]) -> list[float]:
    """Returns the largest sizes, as many as there are levels, largest first.

    Sizes that are nearly the same count once.
    """
    distinct: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not distinct or size < distinct[-1] * (1 - _SAME_SIZE):
            distinct.append(size)
    return distinct[:_LEVELS]


def _level_of(size: float, sizes: Sequence[float]) -> int:
    level = sum(1 for other in sizes if other > size * (1 + _SAME_SIZE)) + 1
    return min(level, _LEVELS)


def _is_larger(piece: Piece, body: float) -> bool:
    if piece.lines[0].size < body * _LARGER or not _may_be_heading(piece):
        return False
    chars = sum(len(line.text) for line in piece.lines)
    return chars <= _MAX_HEADING_CHARS and len(piece.lines) <= _MAX_HEADING_LINES


def _is_bold_heading(piece: Piece, body: float) -> bool:
    if not _may_be_heading(piece) or not all(line.bold for line in piece.lines):
        return False
    text = " ".join(line.text for line in piece.lines)
    is_short = len(text) <= _MAX_BOLD_CHARS and len(piece.lines) <= _MAX_BOLD_LINES
    is_large = piece.lines[0].size >= body * (1 - _SAME_SIZE)
    return is_short and is_large and not text.endswith((".", ",", ";"))


def _may_be_heading(piece: Piece) -> bool:
    """Returns whether a piece has words, and is neither a table nor an item with a sign."""
    is_text = piece.kind is Kind.TEXT or (piece.kind is Kind.ITEM and piece.number is not None)
    return is_text and any(char.isalpha() for line in piece.lines for char in line.text)
