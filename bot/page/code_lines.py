"""The lines of a block of code, without the margin that they have in their document.

Code in an item of a list is indented like the item. What all its lines have in common belongs to
the document and not to the code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.structure import Block, Range


def left_margin(text: str, block: Block) -> list[Range]:
    """Returns what is left out at the beginning of each line of code but the first, in order."""
    margin = _margin(text, block)
    lines = _further_lines(text, block)
    return [(start, start + margin) for start, indentation in lines if 0 < margin <= indentation]


def first_indentation(text: str, block: Block) -> int:
    """Returns by how much the first line of code is indented beyond the margin.

    A block begins at its first visible character, so this much is missing in front of it.
    """
    before = _before(text, block)
    return 0 if before.strip() else max(len(before) - _margin(text, block), 0)


def _margin(text: str, block: Block) -> int:
    """Returns how many blanks all lines of a block of code begin with."""
    indentations = [indentation for _, indentation in _further_lines(text, block)]
    before = _before(text, block)
    if not before.strip():
        indentations.append(len(before))
    return min(indentations, default=0)


def _before(text: str, block: Block) -> str:
    """Returns what stands before a block on its line."""
    return text[
        max(text.rfind("\n", 0, block.start), text.rfind("\r", 0, block.start)) + 1 : block.start
    ]


def _further_lines(text: str, block: Block) -> list[tuple[int, int]]:
    """Returns (start, number of blanks it begins with) of each line after the first with text."""
    lines: list[tuple[int, int]] = []
    at = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        if at > block.start and line.strip():
            lines.append((at, len(line) - len(line.lstrip(" \t"))))
        at += len(line)
    return lines
