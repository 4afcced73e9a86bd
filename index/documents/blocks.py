"""Blocks: the lines of an article, grouped by the empty lines between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.prose import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

# Start and end of a stretch of text, in code points; the end is not included.
Range = tuple[int, int]

# Lines that a text editor broke at a fixed width have lengths in this range, in characters.
_WRAPPED = range(45, 101)
# The lengths of such lines differ by less than this, in characters: a long word moves on whole.
_MAX_WRAP_DIFFERENCE = 30
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
    """Returns whether an editor broke the lines of a block at a fixed width, inside sentences."""
    full = block[:-1]
    lengths = [end - start for start, end in full]
    return (
        bool(full)
        and all(length in _WRAPPED for length in lengths)
        and sum(not ends_a_sentence(text[start:end]) for start, end in full) * 2 >= len(full)
        and max(lengths) - min(lengths) < _MAX_WRAP_DIFFERENCE
    )


def trim(text: str, start: int, end: int) -> Range | None:
    """Returns a range without the white space at its ends, or None if it holds nothing else."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)
