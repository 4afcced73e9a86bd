"""Leaves out what is printed at the head and the foot of the pages of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.formats.pdf_page import Fragment, Page

# Heads and feet stand in this share of the page's height, at its top and at its bottom.
_MARGIN_SHARE = 0.12
# No more lines than this are a head or a foot.
_MAX_LINES = 3
# The same line at the same height (in points) on so many pages is printed on each of them.
_MIN_PAGES = 3
_SAME_HEIGHT = 3.0
# Only such lines may differ in a number, in sizes of most of the text: "Chapter 1" and "Chapter 2"
# in large letters are headings.
_MAX_SIZE = 1.1
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.)\s*)?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE
)
_FIRST_NUMBER = re.compile(r"\W{0,5}(\d{1,4})\b")
_LAST_NUMBER = re.compile(r"\b(\d{1,4})\W{0,5}$")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")

# The words of a line without its numbers, and its height in steps of `_SAME_HEIGHT`.
_Key: TypeAlias = tuple[str, int]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """Returns pages without running heads and feet, and without page numbers.

    A line at the edge of a page is left out if it consists of a page number; if the same words,
    numbers aside, stand at the same height of at least three pages, or of both of two; or if it
    begins or ends with a number that grows with the pages, at the same height of three. A line in
    large letters is left out only if its numbers are the same, too.
    """
    edges = [list(_edges(page)) for page in pages]
    large = _MAX_SIZE * _usual_size(pages)
    counts = Counter(key for lines in edges for key in {_key(line, large) for line in lines})
    offsets = _offsets(edges, large)
    cleaned = []
    for number, page in enumerate(pages):
        dropped = {
            id(fragment)
            for line in edges[number]
            if _repeats(_key(line, large), counts) >= _needed(line, len(pages), large)
            or _PAGE_NUMBER.fullmatch(_text(line))
            or offsets[_offset(line, number, large)] >= _MIN_PAGES
            for fragment in line
        }
        kept = tuple(fragment for fragment in page.fragments if id(fragment) not in dropped)
        cleaned.append(replace(page, fragments=kept))
    return cleaned


def _usual_size(pages: Sequence[Page]) -> float:
    chars: Counter[float] = Counter()
    for page in pages:
        for part in page.fragments:
            chars[part.size] += len(part.text)
    return max(chars, key=lambda size: (chars[size], -size), default=0.0)


def _offsets(
    edges: Sequence[Sequence[list[Fragment]]], large: float
) -> Counter[tuple[int, int] | None]:
    """Counts the lines that hold a number which grows with the pages, by what it differs."""
    counts = Counter(
        _offset(line, number, large) for number, lines in enumerate(edges) for line in lines
    )
    del counts[None]
    return counts


def _offset(line: Sequence[Fragment], page: int, large: float) -> tuple[int, int] | None:
    """Returns the height of a line, and by what the number at one of its ends exceeds the page's.

    Returns None for a line without a number there: "Chapter 2: Chairs 17" is a head of page 17.
    """
    found = _LAST_NUMBER.search(_text(line)) or _FIRST_NUMBER.match(_text(line))
    if found is None or line[0].size > large:
        return None
    return round(line[0].middle / _SAME_HEIGHT), int(found[1]) - page


def _edges(page: Page) -> Iterator[list[Fragment]]:
    """Yields the lines at the top and at the bottom of a page that may be heads and feet."""
    margin = _MARGIN_SHARE * page.height
    heads = [part for part in page.fragments if part.bottom > page.height - margin]
    feet = [part for part in page.fragments if part.top < margin]
    yield from _rows(sorted(heads, key=lambda part: -part.middle))
    yield from _rows(sorted(feet, key=lambda part: part.middle))


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    rows: list[list[Fragment]] = []
    for fragment in fragments:
        if rows and abs(rows[-1][0].middle - fragment.middle) <= _SAME_HEIGHT:
            rows[-1].append(fragment)
        elif len(rows) == _MAX_LINES:
            break
        else:
            rows.append([fragment])
    return rows


def _text(line: Sequence[Fragment]) -> str:
    return " ".join(part.text for part in sorted(line, key=lambda part: part.left))


def _key(line: Sequence[Fragment], large: float) -> _Key:
    words = _text(line).casefold()
    if line[0].size <= large:
        words = _NUMBER.sub("#", words)
    return words, round(line[0].middle / _SAME_HEIGHT)


def _repeats(key: _Key, counts: Counter[_Key]) -> int:
    """Returns on how many pages a line stands at its height, or one step beside it."""
    words, height = key
    return sum(counts[words, height + step] for step in (-1, 0, 1))


def _needed(line: Sequence[Fragment], pages: int, large: float) -> int:
    return 2 if pages == 2 and line[0].size <= large else _MIN_PAGES
