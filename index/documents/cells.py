"""The cells of a table's row, as Markdown writes them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.structure import Range

_CELL_END = re.compile(r"(?<!\\)\|")


def cells(text: str, start: int, end: int) -> list[Range]:
    """Returns the cells of a table's row, without the white space around them, in order.

    Args:
        text: The whole text.
        start: Where the row begins; what stands before its first bar may be the mark of a list.
        end: Where it ends.
    """
    bars = [found.start() for found in _CELL_END.finditer(text, start, end)]
    edges = [start - 1, *bars, end]
    pieces = [(left + 1, right) for left, right in pairwise(edges)]
    if bars and not text[start : bars[0]].strip(" \t>"):
        pieces = pieces[1:]
    if bars and not text[bars[-1] + 1 : end].strip():
        pieces = pieces[:-1]
    return [_stripped(text, left, right) for left, right in pieces]


def row_cells(text: str, place: int) -> list[Range]:
    """Returns the cells of the row in whose line a place lies, in order; see `cells`."""
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    ends = [end for sign in "\r\n" if (end := text.find(sign, place)) >= 0]
    return cells(text, start, min(ends, default=len(text)))


def _stripped(text: str, start: int, end: int) -> Range:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))
