"""What one message shows of an answer: which clippings, which fixed words, which buttons.

The same page becomes Slack blocks or a Discord embed, so both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.documents.spans import Quote, Span

if TYPE_CHECKING:
    from bot.page.phrases import Phrases
    from retrieval.answers import Answer, Finding

Widen = Callable[[Quote], Quote]
"""A quote with the two sentences before and after it, where there are any."""


MAX_QUESTION_CHARS = 300  # of a question that is repeated above its answer
MAX_UNKNOWN_WORDS = 10
MAX_WORD_CHARS = 40


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose to look at.

    Attributes:
        at: The finding shown first; beyond 0 by "Next passage".
        wide: Whether the sentences around are shown too.
        closest: Whether, with nothing found, the closest passages are shown.
    """

    at: int = 0
    wide: bool = False
    closest: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """One clipping as it is shown: a range of an article, and the part of it in bold."""

    quote: Quote
    bold: Span | None = None
    also: tuple[Quote, ...] = ()
    shortened: bool = False

    def __post_init__(self) -> None:
        if self.bold is not None and not self.quote.covers(self.bold):
            raise ValueError("what is bold lies outside the quote")


@dataclass(frozen=True, slots=True)
class Turn:
    """A button that shows the same answer another way."""

    label: str
    view: View


@dataclass(frozen=True, slots=True)
class Room:
    """How much one message may show: clippings, and characters of each and of all."""

    clips: int
    clip_chars: int
    all_chars: int


@dataclass(frozen=True, slots=True)
class Page:
    """One message: the fixed words above, the clippings, the fixed words below, the turns."""

    above: tuple[str, ...]
    clips: tuple[Clip, ...]
    turns: tuple[Turn, ...]


def lay_out(
    answer: Answer,
    view: View,
    phrases: Phrases,
    *,
    room: Room,
    widen: Widen,
    above: tuple[str, ...] = (),
) -> Page:
    """One page of an answer; what does not fit is left for "Next passage", never cut off unsaid."""
    if not answer.found:
        return _nothing_found(answer, view, phrases, room=room, above=above)
    chosen = answer.shown if view.at == 0 else answer.findings[view.at : view.at + 1]
    findings = chosen or answer.shown
    clips = _fit([_clip(finding, view, widen, room) for finding in findings], room)
    if answer.differ and len(clips) > 1:
        above = (*above, phrases.differ)
    wider = Turn(phrases.less if view.wide else phrases.context, replace(view, wide=not view.wide))
    turns = (wider, *_onward(answer, view.at, len(clips), phrases))
    return Page(above, clips, turns)


def shorten(quote: Quote, bold: Span | None, limit: int) -> Quote:
    """At most `limit` characters of a quote, around what is bold, cut between words."""
    if quote.end - quote.start <= limit:
        return quote
    centre = quote.start if bold is None else max(quote.start, (bold.start + bold.end - limit) // 2)
    start = max(quote.start, min(centre, quote.end - limit))
    text = quote.article.text[start : start + limit]
    left = 0 if start == quote.start else text.find(" ", 0, limit // 4) + 1
    right = text.rfind(" ", limit - limit // 4) if start + limit < quote.end else limit
    cut = Quote(quote.article, start + left, start + (right if right > 0 else limit))
    if bold is None or cut.covers(bold):
        return cut
    return Quote(quote.article, start, start + limit)


def searched(question: str, phrases: Phrases) -> str:
    """The fixed words that repeat a question, or the beginning of a long one."""
    short = question[:MAX_QUESTION_CHARS] + ("…" if len(question) > MAX_QUESTION_CHARS else "")
    return phrases.searched_for.format(question=short)


def _nothing_found(
    answer: Answer, view: View, phrases: Phrases, *, room: Room, above: tuple[str, ...]
) -> Page:
    """The fixed words, and on request the closest passages, marked as what they are."""
    words = ", ".join(word[:MAX_WORD_CHARS] for word in answer.unknown_words[:MAX_UNKNOWN_WORDS])
    unknown = (phrases.no_mention.format(words=words),) if words else ()
    above = (*above, phrases.not_found, *unknown)
    if not view.closest:
        more = Turn(phrases.show_closest, View(closest=True))
        return Page(above, (), (more,) if answer.closest else ())
    short = [shorten(quote, None, room.clip_chars) for quote in answer.closest]
    clips = [
        Clip(cut, shortened=cut != quote) for cut, quote in zip(short, answer.closest, strict=True)
    ]
    return Page((*above, phrases.closest), _fit(clips, room), ())


def _clip(finding: Finding, view: View, widen: Widen, room: Room) -> Clip:
    """A finding as it is shown; with its context, the clipping itself stays marked."""
    quote = widen(finding.quote) if view.wide else finding.quote
    bold = finding.answer or (finding.quote if view.wide else None)
    short = shorten(quote, bold, room.clip_chars)
    marked = bold if bold is not None and short.covers(bold) else None
    return Clip(short, marked, finding.also, shortened=short != quote)


def _fit(clips: list[Clip], room: Room) -> tuple[Clip, ...]:
    """The first clippings that fit together; always the very first."""
    kept: list[Clip] = []
    left = room.all_chars
    for clip in clips[: room.clips]:
        left -= len(clip.quote.text)
        if kept and left < 0:
            break
        kept.append(clip)
    return tuple(kept)


def _onward(answer: Answer, at: int, shown: int, phrases: Phrases) -> tuple[Turn, ...]:
    """The turn to the next finding; after the last one, back to the first."""
    following = at + shown if at == 0 else at + 1
    if len(answer.findings) <= shown and at == 0:
        return ()
    return (Turn(phrases.next, View(at=following if following < len(answer.findings) else 0)),)
