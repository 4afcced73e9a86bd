"""The paragraphs of plain text: its lines, those that an editor wrapped together, quoted mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.blocks import find_blocks, is_wrapped, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.structure import Range

ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+\S")
# Before a line of a mail that is quoted in another, once for each mail in between.
_QUOTE_MARK = re.compile(r"(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of plain text, or several that were wrapped.

    Attributes:
        start: Where it begins, behind the mark of quoted mail.
        end: Its end, not included.
        after_gap: Whether an empty line stands before it.
        is_quoted: Whether it is quoted from another mail.
    """

    start: int
    end: int
    after_gap: bool
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text behind the mark of quoted mail.

    Attributes:
        range: Where it stands; None where nothing stands behind the mark.
        mark: Where the mark stands; None without one.
        depth: How many mails are quoted in each other.
    """

    range: Range | None
    mark: Range | None = None
    depth: int = 0


def plain_paragraphs(text: str, body: int) -> tuple[list[Paragraph], list[Range]]:
    """Returns the paragraphs of plain text, and the marks of quoted mail, both in order.

    Args:
        text: The text.
        body: Where the article's own text begins.
    """
    paragraphs: list[Paragraph] = []
    marks: list[Range] = []
    for block in find_blocks(text, body):
        lines = _lines(text, block)
        marks += [line.mark for line in lines if line.mark]
        after_gap = True
        for run in _runs(text, lines):
            ranges = [line.range for line in run if line.range]
            if is_wrapped(text, ranges):
                ranges = [(ranges[0][0], ranges[-1][1])]
            for start, end in ranges:
                paragraphs.append(Paragraph(start, end, after_gap, run[0].mark is not None))
                after_gap = False
    return paragraphs, marks


def _lines(text: str, block: Sequence[Range]) -> list[_Line]:
    """Returns the lines of a block; a sign "greater than" before a number alone is no mark."""
    found = [_QUOTE_MARK.match(text, start, end) for start, end in block]
    is_mail = sum(mark is not None for mark in found) > 1
    lines = []
    for (start, end), mark in zip(block, found, strict=True):
        if mark and (is_mail or text[mark.end() : mark.end() + 1].isalpha()):
            signs = mark[0].rstrip()
            own = (start, start + len(signs))
            lines.append(_Line(trim(text, mark.end(), end), own, signs.count(">")))
        else:
            lines.append(_Line((start, end)))
    return lines


def _runs(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yields the lines that may be one paragraph: those of one item, those of one mail."""
    begins = [line.range is not None and bool(ITEM.match(text, *line.range)) for line in lines]
    has_items = sum(begins) > 1 or begins[0]
    run: list[_Line] = []
    for line, is_item in zip(lines, begins, strict=True):
        if run and ((is_item and has_items) or not line.range or line.depth != run[-1].depth):
            yield run
            run = []
        run.append(line)
    yield run
