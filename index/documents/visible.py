"""What a reader of the page sees of a stretch of a document, with the place of each character."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.structure import Range, Structure

# Characters that are not seen: soft hyphens, and joiners and marks without any width.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_LINE_ENDS = frozenset("\r\n")
# Hidden markup that stands for a gap between two words: a new line, a cell, another block.
_GAP = re.compile(
    r"<(?:br|/?(?:td|th|tr|p|div|li|ul|ol|h\d|hr|dd|dt|table|section|summary))\b|\||^\^\[", re.I
)
_WIKI_LINK = re.compile(r"!?\[\[")


@dataclass(frozen=True, slots=True)
class Visible:
    """Visible text.

    Attributes:
        text: What is seen, one text.
        starts: For each of its characters the place in the document where it begins; -1 for a
            character that does not stand in the document.
        ends: For each of its characters the place where it ends, not included; -1 likewise.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def range(self, first: int, last: int) -> Range:
        """Returns where the characters from `first` up to but not including `last` stand.

        Raises:
            ValueError: None of them stands in the document.
        """
        there = [at for at in range(first, last) if self.starts[at] >= 0]
        if not there:
            raise ValueError("none of these characters stands in the document")
        return self.starts[there[0]], self.ends[there[-1]]


def visible(text: str, structure: Structure | None, start: int, end: int) -> Visible:
    """Returns what is seen of a stretch of a document.

    Entities are decoded, hidden ranges and invisible characters are left out, and a blank stands
    for hidden markup between two words.

    Args:
        text: The text of the document.
        structure: Its structure; None for plain text, of which all is seen.
        start: Where the stretch begins.
        end: Its end, not included.
    """
    piece = text[start:end]
    cuts = list(_cuts(text, structure, start, end)) if structure is not None else []
    if not cuts and not INVISIBLE.search(piece):
        return Visible(piece, range(start, end), range(start + 1, end + 1))
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = start
    cuts += [
        (*_moved(found.span(), start), _instead(text, found, start))
        for found in INVISIBLE.finditer(piece)
    ]
    for left, right, instead in [*sorted(cuts), (end, end, "")]:
        if left > at:
            shown.append(text[at:left])
            starts += range(at, left)
            ends += range(at + 1, left + 1)
        if right > at:
            shown.append(instead)
            is_blank = instead == " "
            starts += [-1 if is_blank else left] * len(instead)
            ends += [-1 if is_blank else right] * len(instead)
        at = max(at, right)
    return Visible("".join(shown), tuple(starts), tuple(ends))


def visible_text(text: str, structure: Structure | None, start: int, end: int) -> str:
    """Returns what is seen of a stretch of a document, without the places; see `visible`."""
    return visible(text, structure, start, end).text


def _instead(text: str, found: re.Match[str], start: int) -> str:
    """Returns what is seen of invisible characters: a soft hyphen at the end of a line is seen."""
    return (
        "-"
        if "\u00ad" in found[0]
        and text[start + found.end() : start + found.end() + 1] in _LINE_ENDS
        else ""
    )


def _moved(span: Range, by: int) -> Range:
    return span[0] + by, span[1] + by


def _cuts(text: str, structure: Structure, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yields (start, end, what is seen instead) of hidden ranges and entities in a stretch."""
    for left, right in overlapping(structure.hidden, start, end):
        is_between = start < left and right < end
        gap = " " if is_between and _is_gap(text[left:right]) else ""
        yield max(left, start), min(right, end), gap
    for left, right in overlapping(structure.entities, start, end):
        # Of an entity that is cut the first part stands for the character.
        shown = html.unescape(text[left:right]) if left >= start else ""
        yield max(left, start), min(right, end), shown


def _is_gap(markup: str) -> bool:
    """Returns whether hidden markup stands for a gap between two words."""
    return bool(_GAP.search(markup)) and not _WIKI_LINK.match(markup)


def overlapping(ranges: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Returns the ranges that share a character with a stretch; they are in order."""
    first = bisect_right(ranges, start, key=lambda each: each[1])
    return ranges[first : bisect_left(ranges, end, key=lambda each: each[0])]
