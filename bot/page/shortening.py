"""Shortening a clipping: cut between words, around what is bold, counting what is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.runs import shown_chars, span_runs
from index.documents.spans import Quote

if TYPE_CHECKING:
    from bot.page.layout import Clip
    from index.documents.spans import Span
    from index.documents.structure import Range

# What a quote is not understood without may take this share of what may be shown, at most.
_MOST_FOR_OTHER_PARTS = 0.4


def shorten(quote: Quote, bold: Span | None, limit: int) -> Quote:
    """Returns at most `limit` characters of a quote, around what is bold, cut between words.

    Characters are counted as a reader sees them, the page's own signs among them.
    """
    text, places = _seen(quote)
    if len(text) <= limit:
        return quote
    first, last = _places_of(bold, places)
    centre = 0 if bold is None else max(0, (first + last - limit) // 2)
    start = max(0, min(centre, len(text) - limit))
    window = text[start : start + limit]
    left = 0 if start == 0 else window.find(" ", 0, limit // 4) + 1
    right = window.rfind(" ", limit - limit // 4) if start + limit < len(text) else limit
    cut = _cut(quote, places[start + left : start + (right if right > 0 else limit)])
    if cut is not None and (bold is None or cut.covers(bold)):
        return cut
    return _cut(quote, places[start : start + limit]) or quote


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


def _seen(quote: Quote) -> tuple[str, list[Range]]:
    """Returns what is seen of a quote, and the place of each character; a sign has the next's."""
    text: list[str] = []
    places: list[Range] = []
    for run in reversed(span_runs(quote)):
        if run.place is None:
            spot = (places[-1][0], places[-1][0]) if places else (quote.end, quote.end)
            own = [spot] * len(run.text)
        elif len(run.text) == run.place[1] - run.place[0]:
            own = [(at, at + 1) for at in range(*run.place)]
        else:
            own = [run.place] * len(run.text)
        text.append(run.text)
        places += reversed(own)
    return "".join(reversed(text)), places[::-1]


def _places_of(bold: Span | None, places: list[Range]) -> Range:
    """Returns which of the characters that are seen are bold: the first, and after the last."""
    if bold is None:
        return 0, 0
    inside = [
        row for row, (start, end) in enumerate(places) if bold.start <= start < end <= bold.end
    ]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _cut(quote: Quote, places: list[Range]) -> Quote | None:
    """Returns the stretch of a quote from the first to the last of some characters."""
    there = [place for place in places if place[0] < place[1]]
    return Quote(quote.article, there[0][0], there[-1][1]) if there else None
