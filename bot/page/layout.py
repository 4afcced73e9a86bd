"""What one message shows of an answer: which clippings, which fixed words, which buttons.

Slack and Discord show the same page in their own format, so both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.page.source_line import about_lines
from index.documents.spans import Quote, Span

if TYPE_CHECKING:
    from bot.page.phrases import Phrases
    from retrieval.answers import Answer, Finding

Widen = Callable[[Quote], Quote]
"""Returns a quote with the sentences around it, as `bot.page.context.with_context` does."""

MAX_SHOWN_QUESTION_CHARS = 300  # of a question that is repeated above its answer
MAX_UNKNOWN_WORDS = 10
MAX_WORD_CHARS = 40
MAX_ABSENT_PHRASES = 3


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose to look at.

    Attributes:
        at: The number of the finding shown first; above 0 after "Next passage".
        wide: Whether the sentences around the clipping are shown as well.
        closest: Whether the closest passages are shown where nothing was found.
    """

    at: int = 0
    wide: bool = False
    closest: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """One clipping as it is shown.

    Attributes:
        quote: The range of the article that is shown.
        bold: The part of the quote in bold; None for no part of it.
        also: The same answer in other articles.
        shortened: Whether the quote is shorter than what was found.
    """

    quote: Quote
    bold: Span | None = None
    also: tuple[Quote, ...] = ()
    shortened: bool = False

    def __post_init__(self) -> None:
        if self.bold is not None and not self.quote.covers(self.bold):
            raise ValueError("what is bold lies outside the quote")


@dataclass(frozen=True, slots=True)
class ViewButton:
    """A button that shows the same answer in another view."""

    label: str
    view: View


@dataclass(frozen=True, slots=True)
class Budget:
    """How much one message may show: clippings, characters of each, characters of all."""

    clips: int
    clip_chars: int
    all_chars: int


@dataclass(frozen=True, slots=True)
class Page:
    """One message.

    Attributes:
        above: The fixed words above the clippings, a line each.
        clips: The clippings, best first.
        buttons: The ways to other views of the same answer.
    """

    above: tuple[str, ...]
    clips: tuple[Clip, ...]
    buttons: tuple[ViewButton, ...]


def lay_out(
    answer: Answer,
    view: View,
    phrases: Phrases,
    *,
    budget: Budget,
    widen: Widen,
    above: tuple[str, ...] = (),
) -> Page:
    """Returns one page of an answer.

    Clippings beyond the budget are left for "Next passage". A clipping that is cut says so.

    Args:
        answer: The answer.
        view: What the reader chose to look at.
        phrases: The fixed words, in the language of the reader.
        budget: How much the message may show.
        widen: Adds the sentences around a clipping.
        above: Fixed words to show above everything else.
    """
    above = (*above, *about_lines(answer.about, phrases))
    if not answer.found:
        return _nothing_found(answer, view, phrases, budget=budget, above=above)
    chosen = answer.shown if view.at == 0 else answer.findings[view.at : view.at + 1]
    findings = chosen or answer.shown
    clips = _fit([_clip(finding, view, widen, budget) for finding in findings], budget)
    if answer.differ and len(clips) > 1:
        above = (*above, phrases.differ)
    label = phrases.less if view.wide else phrases.context
    context = ViewButton(label, replace(view, wide=not view.wide))
    return Page(above, clips, (context, *_next_button(answer, view.at, len(clips), phrases)))


def shorten(quote: Quote, bold: Span | None, limit: int) -> Quote:
    """Returns at most `limit` characters of a quote, around what is bold, cut between words."""
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


def searched_for(question: str, phrases: Phrases) -> str:
    """Returns the fixed words that say what was searched for."""
    return phrases.searched_for.format(question=beginning(question))


def beginning(question: str) -> str:
    """Returns a question as it is repeated above its answer: a long question is cut."""
    cut = question[:MAX_SHOWN_QUESTION_CHARS]
    return cut if cut == question else f"{cut}…"


def word_notes(answer: Answer, phrases: Phrases) -> tuple[str, ...]:
    """Returns what to say about the words of a question that is not answered, if anything.

    Of a question in another language the words are not listed: none of them would be known.
    """
    if answer.foreign:
        return (phrases.reads_english,)
    words = ", ".join(word[:MAX_WORD_CHARS] for word in answer.unknown_words[:MAX_UNKNOWN_WORDS])
    if not words:
        return ()
    phrase = phrases.no_mention_read if answer.unread else phrases.no_mention
    return (phrase.format(words=words),)


def _nothing_found(
    answer: Answer, view: View, phrases: Phrases, *, budget: Budget, above: tuple[str, ...]
) -> Page:
    """Returns the fixed words and, where the view asks for them, the closest passages."""
    absent = tuple(
        phrases.no_phrase.format(phrase=beginning(phrase))
        for phrase in answer.absent_phrases[:MAX_ABSENT_PHRASES]
    )
    said = (phrases.not_found, *absent, *word_notes(answer, phrases))
    above = above if answer.about else (*above, *said)
    if not view.closest:
        closest = ViewButton(phrases.show_closest, View(closest=True))
        return Page(above, (), (closest,) if answer.closest else ())
    short = [shorten(quote, None, budget.clip_chars) for quote in answer.closest]
    clips = [
        Clip(cut, shortened=cut != quote) for cut, quote in zip(short, answer.closest, strict=True)
    ]
    return Page((*above, phrases.closest), _fit(clips, budget), ())


def _clip(finding: Finding, view: View, widen: Widen, budget: Budget) -> Clip:
    """Returns a finding as it is shown; in its context, the clipping itself is bold.

    Where the whole clipping does not fit, the words that answer are bold instead.
    """
    quote = widen(finding.quote) if view.wide else finding.quote
    whole = view.wide and finding.quote.end - finding.quote.start <= budget.clip_chars
    bold = finding.quote if whole else finding.answer
    short = shorten(quote, bold, budget.clip_chars)
    marked = bold if bold is not None and short.covers(bold) else None
    return Clip(short, marked, finding.also, shortened=short != quote)


def _fit(clips: list[Clip], budget: Budget) -> tuple[Clip, ...]:
    """Returns the first clippings that fit together; the very first is always among them."""
    kept: list[Clip] = []
    left = budget.all_chars
    for clip in clips[: budget.clips]:
        left -= len(clip.quote.text)
        if kept and left < 0:
            break
        kept.append(clip)
    return tuple(kept)


def _next_button(answer: Answer, at: int, shown: int, phrases: Phrases) -> tuple[ViewButton, ...]:
    """Returns the button to the next finding; after the last finding, back to the first."""
    following = at + shown if at == 0 else at + 1
    if len(answer.findings) <= shown and at == 0:
        return ()
    following = following if following < len(answer.findings) else 0
    return (ViewButton(phrases.next, View(at=following)),)
