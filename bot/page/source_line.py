"""The line under a clipping: where the clipping comes from, and what else there is to say about it.

Slack, Discord and the terminal take their parts from here, so another note under a clipping is
written in this module and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.page.sources import MAX_URL_CHARS, address, author, name
from config.harmless import one_line
from index.documents.outline import blocks_in, heading_texts, structure_of
from index.documents.structure import BlockKind
from retrieval.about_wordings import AboutKind

if TYPE_CHECKING:
    from bot.page.layout import Clip
    from bot.page.phrases import Phrases
    from index.documents.article import Article
    from index.documents.spans import Quote, Span
    from retrieval.about_articles import About

MAX_HEADINGS = 3
MAX_HEADING_CHARS = 60
MAX_ALSO = 5  # an answer names no more articles either


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The parts of the line under a clipping, as plain text.

    Attributes:
        title: What the article is called; never empty.
        url: Where the title leads; None where there is no web address to lead to.
        date: When the article was published, as YYYY-MM-DD; empty where nobody knows.
        notes: What else there is to say, in the order in which it is shown.
        headings: The headings above the clipping, the outermost first, as far as there is room.
        page: The page of the document, in words; empty where it has no pages.
    """

    title: str
    url: str | None
    date: str
    notes: tuple[str, ...]
    headings: tuple[str, ...] = ()
    page: str = ""

    @property
    def path(self) -> str:
        """What follows the title on its line: the headings, each behind a sign of its own."""
        return "".join(f" › {heading}" for heading in self.headings)

    @property
    def details(self) -> tuple[str, ...]:
        """The parts that follow the title and the headings: page, date, then the notes."""
        return (*(part for part in (self.page, self.date) if part), *self.notes)


def source_line(
    clip: Clip,
    phrases: Phrases,
    *,
    max_url_chars: int = MAX_URL_CHARS,
    has_context: bool = True,
) -> SourceLine:
    """Returns the line under a clipping.

    Args:
        clip: The clipping as it is shown.
        phrases: The fixed words, in the language of the reader.
        max_url_chars: How long a web address the platform takes.
        has_context: Whether the reader can ask for the context of the clipping.
    """
    quote = clip.quote
    published = quote.article.published
    page = page_of(quote)
    return SourceLine(
        title=name(quote.article),
        url=address(quote, limit=max_url_chars),
        date=published.isoformat() if published else "",
        notes=_notes(clip, phrases, has_context=has_context),
        headings=_headings(quote),
        page=phrases.page.format(number=page) if page else "",
    )


def page_of(span: Span) -> int | None:
    """Returns the page on which a span begins; None where the document has no pages."""
    structure = span.article.structure
    at = None if structure is None else structure.block_at(span.start)
    return None if structure is None or at is None else structure.blocks[at].page or None


def _headings(quote: Quote) -> tuple[str, ...]:
    """Returns the innermost headings above a quote, without one that repeats the title."""
    if quote.article.structure is None:
        return ()
    texts = [one_line(text) for text in heading_texts(quote)]
    if texts and texts[0].casefold() == name(quote.article).casefold():
        texts = texts[1:]
    return tuple(_cut(text) for text in texts[-MAX_HEADINGS:] if text)


def _cut(heading: str) -> str:
    if len(heading) <= MAX_HEADING_CHARS:
        return heading
    return heading[: MAX_HEADING_CHARS - 1].rstrip() + "…"


def _notes(clip: Clip, phrases: Phrases, *, has_context: bool) -> tuple[str, ...]:
    article = clip.quote.article
    notes = [] if article.published else _updated(article, phrases)
    notes += [phrases.shortened] if clip.shortened else []
    if clip.more:
        more = _more(clip, phrases)
        hint = phrases.in_context.format(button=phrases.context)
        notes.append(f"{more} ({hint})" if has_context else more)
    if clip.also:
        # Two articles may have the same title; one title says it all.
        titles = dict.fromkeys(name(quote.article) for quote in clip.also[:MAX_ALSO])
        notes.append(phrases.also_in.format(titles="; ".join(titles)))
    return tuple(notes)


def _more(clip: Clip, phrases: Phrases) -> str:
    """Returns how many items of a list are left out; numbered items are called steps."""
    quote = clip.quote
    blocks = blocks_in(structure_of(quote.article), quote.start, quote.end)
    items = [block for block in blocks if block.kind is BlockKind.ITEM]
    if not items or not quote.article.text[items[0].start].isdigit():
        return phrases.more_items.format(count=clip.more)
    return (phrases.one_more_step if clip.more == 1 else phrases.more_steps).format(count=clip.more)


def about_lines(about: About | None, phrases: Phrases) -> tuple[str, ...]:
    """Returns what the records of articles say, a line each, below fixed words; () for nothing."""
    if about is None:
        return ()
    lead = phrases.articles_on if about.kind is AboutKind.ARTICLES else phrases.record
    return (lead, *(record_line(article, phrases) for article in about.articles))


def record_line(article: Article, phrases: Phrases) -> str:
    """Returns what an article's record says: its title, its dates and its author."""
    parts = [name(article)]
    if article.published:
        parts.append(article.published.isoformat())
    parts += _updated(article, phrases)
    if article.author:
        parts.append(phrases.author.format(author=author(article)))
    return " · ".join(parts)


def _updated(article: Article, phrases: Phrases) -> list[str]:
    """Returns the date of the last change in words, where there is one."""
    day = article.updated
    return [phrases.updated.format(date=day.isoformat())] if day else []
