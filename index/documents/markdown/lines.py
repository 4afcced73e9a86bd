"""Where the content that a Markdown parser hands out stands in the text."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.documents.structure import Range

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text, as a Markdown parser counts them."""

    def __init__(self, text: str, start: int) -> None:
        """Looks at a text.

        Args:
            text: The whole text.
            start: Where the part begins that the parser was given.
        """
        self.text = text
        self._ranges: list[Range] = []
        for found in _LINE_END.finditer(text, start):
            self._ranges.append((start, found.start()))
            start = found.end()
        self._ranges.append((start, len(text)))

    def range(self, row: int) -> Range:
        """Returns where a line begins and ends, without its line end."""
        return self._ranges[min(row, len(self._ranges) - 1)]

    def places(self, content: str, first: int) -> list[int]:
        """Returns where each character of a block's content stands in the text.

        A parser takes away what stands before the content of a line, such as the indentation of a
        list or the mark of a quotation, and the white space behind it.

        Args:
            content: The content as the parser hands it out, its lines joined by line feeds.
            first: The number of its first line.
        """
        places: list[int] = []
        for row, line in enumerate(content.split("\n"), start=first):
            if row > first:
                places.append(self.range(row - 1)[1])
            places += self._places_in_line(line, row)
        return places

    def _places_in_line(self, line: str, row: int) -> Iterator[int]:
        start, end = self.range(row)
        source = self.text[start:end]
        core = line.strip()
        rest = source.rstrip()
        at = len(rest) - len(core) if rest.endswith(core) else max(source.rfind(core), 0)
        lead = len(line) - len(line.lstrip())
        # What stands before the core is white space on both sides: a tab may be several blanks.
        first = max(start + at - lead, start)
        yield from (min(first + step, start + at) for step in range(lead))
        yield from range(start + at, start + at + len(line) - lead)


def seen_characters(length: int, hidden: Iterable[Range]) -> list[bool]:
    """Returns for each character of some content whether it is seen.

    Args:
        length: How many characters the content has.
        hidden: Ranges of the content that are not seen, in any order; they may overlap.
    """
    seen: list[bool] = []
    for start, end in sorted(hidden):
        seen += [True] * (start - len(seen))
        seen += [False] * (end - len(seen))
    return [*seen, *[True] * (length - len(seen))]


def visible_ranges(places: Sequence[int], seen: Sequence[bool]) -> list[Range]:
    """Returns the ranges of a text that are seen of some content, in order.

    Args:
        places: Where each character of the content stands in the text.
        seen: For each of its characters whether it is seen.
    """
    ranges: list[Range] = []
    for place in compress(places, seen):
        if ranges and ranges[-1][1] == place:
            ranges[-1] = (ranges[-1][0], place + 1)
        elif not ranges or place >= ranges[-1][1]:
            ranges.append((place, place + 1))
    return ranges


def hidden_ranges(text: str, start: int, visible: Sequence[Range]) -> list[Range]:
    """Returns what lies between visible ranges, in order, without white space at the ends.

    Args:
        text: The whole text.
        start: Where the part begins that is looked at; what stands before it is hidden.
        visible: The visible ranges, in order.
    """
    ranges: list[Range] = []
    gaps = [(0, start)]
    previous = start
    for left, right in [*visible, (len(text), len(text))]:
        gaps.append((previous, left))
        previous = max(previous, right)
    for left, right in gaps:
        gap = text[left:right]
        if gap.strip():
            first = left + len(gap) - len(gap.lstrip())
            ranges.append((first, first + len(gap.strip())))
    return ranges
