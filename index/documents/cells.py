"""The cells of a table's row, as Markdown writes them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.structure import Range

_CELL_TAG = re.compile(r"<t[dh]\b[^<>]*>", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]")
_MAX_TAG_CHARS = 2_000  # before the first visible character of a row of HTML
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


def row_cells(text: str, start: int, end: int) -> list[Range]:
    """Returns the cells of a row, in order: of the line of Markdown, or of the row of HTML.

    Args:
        text: The whole text.
        start: Where the row's first visible character stands.
        end: The end after its last visible character.
    """
    before = max(start - _MAX_TAG_CHARS, 0)
    row = max(text.rfind(sign, before, start) for sign in ("<tr", "<TR", "\n\n"))
    openings = list(_CELL_TAG.finditer(text, row, end)) if row >= 0 else []
    if openings and openings[0].start() < start:
        ends = [*(found.start() for found in openings[1:]), end]
        return [
            _stripped(text, found.end(), last) for found, last in zip(openings, ends, strict=True)
        ]
    first = text.rfind("\n", 0, start) + 1
    first = text.rfind("\r", first, start) + 1 or first
    line_end = _LINE_END.search(text, start)
    return cells(text, first, line_end.start() if line_end else len(text))


def _stripped(text: str, start: int, end: int) -> Range:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))
