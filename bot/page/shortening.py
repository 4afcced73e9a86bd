"""Shortening a clipping: cut between words, around what is bold, counting what is seen."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.page.runs import shown_chars, span_runs
from index.documents.spans import Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.page.layout import Clip
    from bot.page.runs import Run
    from index.documents.spans import Span
    from index.documents.structure import Range

# What a quote is not understood without may take this share of what may be shown, at most.
_MOST_FOR_OTHER_PARTS = 0.4


def shorten(quote: Quote, bold: Span | None, limit: int) -> Quote:
    """Returns at most `limit` characters of a quote, around what is bold, cut between words.

    Characters are counted as a reader sees them, the page's own signs among them.
    """
    seen = _Seen(span_runs(quote))
    text = seen.text
    if len(text) <= limit:
        return quote
    centre = 0 if bold is None else max(0, (sum(seen.rows_of(bold)) - limit) // 2)
    start = max(0, min(centre, len(text) - limit))
    window = text[start : start + limit]
    left = 0 if start == 0 else window.find(" ", 0, limit // 4) + 1
    right = window.rfind(" ", limit - limit // 4) if start + limit < len(text) else limit
    cut = seen.cut(quote, start + left, start + (right if right > 0 else limit))
    if bold is None or cut.covers(bold):
        return cut
    return seen.cut(quote, start, start + limit)


def shorten_clip(clip: Clip, limit: int) -> Clip:
    """Returns a clipping that shows at most `limit` characters, and says so where it is cut.

    The parts around the quote are left out where they would take too much, the outermost first.
    What is bold stays bold where all of it is left.
    """
    if shown_chars(clip) <= limit:
        return clip
    others = [part for part in clip.parts if part != clip.quote]
    while others and _chars(others) > limit * _MOST_FOR_OTHER_PARTS:
        others.pop(0)
    room = limit
    while True:
        short = shorten(clip.quote, clip.bold, max(room, 1))
        bold = clip.bold if clip.bold is not None and short.covers(clip.bold) else None
        parts = tuple(sorted((*others, short), key=lambda part: part.start))
        cut = replace(clip, quote=short, bold=bold, parts=parts, shortened=True)
        over = shown_chars(cut) - limit
        if over <= 0 or room <= 1:
            return cut
        room = max(min(room, _chars([short])) - over, 1)


def _chars(spans: list[Quote]) -> int:
    return sum(len(run.text) for span in spans for run in span_runs(span))


class _Seen:
    """The characters that are seen of a stretch of an article, counted from its beginning.

    Attributes:
        text: The characters.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        self.text = "".join(run.text for run in runs)
        self._runs = runs
        self._offsets = [0, *accumulate(len(run.text) for run in runs)]

    def rows_of(self, span: Span) -> Range:
        """Returns which characters lie in a span: the first, and the end after the last."""
        rows: list[int] = []
        for offset, run in zip(self._offsets, self._runs, strict=False):
            if run.place is None or run.place[1] <= span.start or span.end <= run.place[0]:
                continue
            first, last = span.start - run.place[0], span.end - run.place[0]
            rows += [offset + max(0, min(len(run.text), row)) for row in (first, last)]
        return (rows[0], rows[-1]) if rows else (0, 0)

    def cut(self, quote: Quote, first: int, last: int) -> Quote:
        """Returns the stretch of a quote with some of its characters; signs at its ends fall off.

        Returns the quote itself where these characters are signs alone.
        """
        places = (self._place(row) for row in range(first, last))
        start = next((place[0] for place in places if place is not None), quote.start)
        backwards = (self._place(row) for row in range(last - 1, first - 1, -1))
        end = next((place[1] for place in backwards if place is not None), quote.end)
        return Quote(quote.article, start, end)

    def _place(self, row: int) -> Range | None:
        """Returns where a character stands in the article; None for a sign."""
        at = bisect_right(self._offsets, row) - 1
        run = self._runs[at]
        if run.place is None or len(run.text) != run.place[1] - run.place[0]:
            return run.place
        place = run.place[0] + row - self._offsets[at]
        return place, place + 1
