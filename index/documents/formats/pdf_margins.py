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
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.)\s*)?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?\W*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")

# The words of a line without its numbers, and its height in steps of `_SAME_HEIGHT`.
_Key: TypeAlias = tuple[str, int]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """Returns pages without running heads and feet, and without page numbers.

    A line at the edge of a page is left out if it consists of a page number, or if the same words,
    numbers aside, stand at the same height of at least three pages, or of both of two.
    """
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    needed = 2 if len(pages) == 2 else _MIN_PAGES
    cleaned = []
    for page in pages:
        dropped = {
            id(fragment)
            for line in _edges(page)
            if _is_repeated(_key(line), counts, needed) or _PAGE_NUMBER.fullmatch(_text(line))
            for fragment in line
        }
        kept = tuple(fragment for fragment in page.fragments if id(fragment) not in dropped)
        cleaned.append(replace(page, fragments=kept))
    return cleaned


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


def _key(line: Sequence[Fragment]) -> _Key:
    words = _NUMBER.sub("#", _text(line).casefold())
    return words, round(line[0].middle / _SAME_HEIGHT)


def _is_repeated(key: _Key, counts: Counter[_Key], needed: int) -> bool:
    """Returns whether a line stands on enough pages, at its height or one step beside it."""
    words, height = key
    return sum(counts[words, height + step] for step in (-1, 0, 1)) >= needed
