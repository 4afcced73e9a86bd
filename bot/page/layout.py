"""What one message shows of an answer: which clippings, which fixed words, which buttons.

Slack and Discord show the same page in their own format, so both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.page.runs import shown_chars
from bot.page.shortening import shorten_clip
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

    What a reader sees of it is `bot.page.runs.runs_of`.

    Attributes:
        quote: The range of the article that answers.
        bold: The part of the quote in bold; None for no part of it.
        also: The same answer in other articles.
        shortened: Whether less is shown than was found.
        parts: All ranges that are shown, in the order of the article, `quote` among them. Without
            any it is `quote` alone.
        more: How many items of the quote's list are not shown.
    """

    quote: Quote
    bold: Span | None = None
    also: tuple[Quote, ...] = ()
    shortened: bool = False
    parts: tuple[Quote, ...] = ()
    more: int = 0

    def __post_init__(self) -> None:
        if not self.parts:
            object.__setattr__(self, "parts", (self.quote,))
        if self.quote not in self.parts:
            raise ValueError("the quote is not among the parts")
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
    clips = [shorten_clip(Clip(quote), budget.clip_chars) for quote in answer.closest]
    return Page((*above, phrases.closest), _fit(clips, budget), ())


def clip_of(finding: Finding, *, widen: Widen | None = None) -> Clip:
    """Returns a finding as it is shown, where there is room for all of it.

    In its context, which `widen` adds, the clipping itself is bold.
    """
    if widen is None:
        return Clip(
            finding.quote, finding.answer, finding.also, parts=finding.parts, more=finding.more
        )
    wide = widen(finding.quote)
    joined = [part for part in (*finding.parts, wide) if part.overlaps(wide)]
    start, end = min(part.start for part in joined), max(part.end for part in joined)
    quote = Quote(wide.article, start, end)
    apart = [part for part in finding.parts if part not in joined]
    parts = tuple(sorted((*apart, quote), key=lambda part: part.start))
    return Clip(quote, finding.quote, finding.also, parts=parts)


def _clip(finding: Finding, view: View, widen: Widen, budget: Budget) -> Clip:
    """Returns a finding as it is shown, with no more characters than the budget allows.

    Where the whole clipping does not fit, the words that answer are bold instead.
    """
    clip = clip_of(finding, widen=widen if view.wide else None)
    if view.wide and shown_chars(Clip(finding.quote)) > budget.clip_chars:
        clip = replace(clip, bold=finding.answer)
    return shorten_clip(clip, budget.clip_chars)


def _fit(clips: list[Clip], budget: Budget) -> tuple[Clip, ...]:
    """Returns the first clippings that fit together; the very first is always among them."""
    kept: list[Clip] = []
    left = budget.all_chars
    for clip in clips[: budget.clips]:
        left -= shown_chars(clip)
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
