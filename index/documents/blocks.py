"""Blocks: the lines of an article, grouped by the empty lines between them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.documents.prose import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

# Start and end of a stretch of text, in code points; the end is not included.
Range = tuple[int, int]

# A narrower column is a list or a poem, in characters; one narrower than the second number is
# wrapped only if most of its lines go on with small letters and the last ends a sentence.
_MIN_WIDTH, _MIN_SURE_WIDTH = 25, 45
# Two lines are surely wrapped only up to this width, in characters: editors break lines at 72 to
# 80, and what is wider may be two paragraphs.
_MAX_SURE_WIDTH = 100
_OPENING = "([\"'“‘„«"
_LINE_ENDS = "\n\r\x85\u2028\u2029"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def find_blocks(text: str, start: int) -> Iterator[list[Range]]:
    """Yields the lines of each block from `start` on, without the white space around a line."""
    block: list[Range] = []
    previous_end = start
    for found in _LINE.finditer(text, start):
        line = trim(text, *found.span())
        if line is None:
            continue
        gap = text[previous_end : line[0]].replace("\r\n", "\n")
        if block and sum(char in _LINE_ENDS for char in gap) > 1:
            yield block
            block = []
        block.append(line)
        previous_end = line[1]
    if block:
        yield block


def is_wrapped(text: str, block: list[Range]) -> bool:
    """Returns whether the lines of a block were broken inside sentences.

    What follows a line end decides. An editor breaks a line where the next word does not fit: that
    word would be beyond the end of the longest line. People break lines after a comma: then the
    next line goes on with a small letter.
    """
    if len(block) < 2:
        return False
    lines = [text[start:end] for start, end in block]
    width = max(map(len, lines))
    breaks = [pair for pair in pairwise(lines) if not ends_a_sentence(pair[0])]
    if not breaks or len(breaks) * 2 < len(lines) - 1 or width < _MIN_WIDTH:
        return False
    going_on = sum(_goes_on(*pair) for pair in breaks)
    is_full = all(len(line) + 1 + len(after.split()[0]) > width for line, after in pairwise(lines))
    needed = len(breaks) / 2 if is_full else len(breaks)
    if going_on >= needed and ends_a_sentence(lines[-1]):
        return True
    if not is_full or width < _MIN_SURE_WIDTH:
        return False
    return bool(going_on) or len(lines) > 2 or width <= _MAX_SURE_WIDTH


def _goes_on(line: str, after: str) -> bool:
    """Returns whether a line goes on with the line after it."""
    return after.lstrip(_OPENING)[:1].islower() or (
        line[-1] in "-,\u00ad" and line[-2:-1].isalnum()
    )


def trim(text: str, start: int, end: int) -> Range | None:
    """Returns a range without the white space at its ends, or None if it holds nothing else."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)
