"""What the pages of a PDF hold: fragments and lines of words with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that stand beside each other and look alike; lengths are points, from the lower left.

    Attributes:
        text: The words.
        left: Where they begin.
        bottom: Their lower edge.
        right: Where they end.
        top: Their upper edge.
        size: The size of their font.
        bold: Whether they are bold.
        fixed: Whether all characters of their font have the same width.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False
    fixed: bool = False

    @property
    def middle(self) -> float:
        """The height of the middle of the words."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The fragments of one page, in the order of the file."""

    height: float
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Fragments that stand on one line, from left to right."""

    fragments: tuple[Fragment, ...]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.fragments[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(fragment.right for fragment in self.fragments)

    @property
    def middle(self) -> float:
        """The height of the middle of the line."""
        return self._main.middle

    @property
    def size(self) -> float:
        """The font size of most of the line."""
        return self._main.size

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(fragment.bold for fragment in self.fragments)

    @property
    def fixed(self) -> bool:
        """Whether all words are in a font of fixed width."""
        return all(fragment.fixed for fragment in self.fragments)

    @property
    def text(self) -> str:
        """The words, with a blank where there is room for one."""
        return "".join(f" {part.text}" if gap else part.text for gap, part in self.spaced())

    def spaced(self) -> Iterator[tuple[bool, Fragment]]:
        """Yields each fragment, and whether there is room for a blank before it."""
        last: Fragment | None = None
        for part in self.fragments:
            # A blank has about a quarter of the font size; less is the distance of two letters.
            gap = 0.12 * part.size
            yield last is not None and part.left - last.right > gap, part
            last = part

    @property
    def _main(self) -> Fragment:
        return max(self.fragments, key=lambda fragment: len(fragment.text))


def lines_of(fragments: Iterable[Fragment]) -> list[Line]:
    """Returns the lines of fragments that stand in one column, from top to bottom.

    A fragment belongs to a line that it overlaps with half of the smaller height, so that raised,
    lowered and smaller signs stay in their line.
    """
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda part: (-part.middle, part.left)):
        if lines and _is_on_line(fragment, lines[-1]):
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [Line(tuple(sorted(line, key=lambda part: part.left))) for line in lines]


def _is_on_line(fragment: Fragment, line: Sequence[Fragment]) -> bool:
    tallest = max(line, key=lambda part: part.top - part.bottom)
    overlap = min(fragment.top, tallest.top) - max(fragment.bottom, tallest.bottom)
    height = min(fragment.top - fragment.bottom, tallest.top - tallest.bottom)
    return overlap >= 0.5 * height
