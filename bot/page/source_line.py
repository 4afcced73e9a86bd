"""The line under a clipping: where the clipping comes from, and what else there is to say about it.

Slack, Discord and the terminal take their parts from here, so another note under a clipping is
written in this module and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.page.sources import MAX_URL_CHARS, address, author, name
from retrieval.about_wordings import AboutKind

if TYPE_CHECKING:
    from bot.page.layout import Clip
    from bot.page.phrases import Phrases
    from index.documents.article import Article
    from retrieval.about_articles import About

MAX_ALSO = 5  # an answer names no more articles either


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The parts of the line under a clipping, as plain text.

    Attributes:
        title: What the article is called; never empty.
        url: Where the title leads; None where there is no web address to lead to.
        date: When the article was published, as YYYY-MM-DD; empty where nobody knows.
        notes: What else there is to say, in the order in which it is shown.
    """

    title: str
    url: str | None
    date: str
    notes: tuple[str, ...]

    @property
    def details(self) -> tuple[str, ...]:
        """The parts that follow the title: the date where there is one, then the notes."""
        return (self.date, *self.notes) if self.date else self.notes


def source_line(clip: Clip, phrases: Phrases, *, max_url_chars: int = MAX_URL_CHARS) -> SourceLine:
    """Returns the line under a clipping.

    Args:
        clip: The clipping as it is shown.
        phrases: The fixed words, in the language of the reader.
        max_url_chars: How long a web address the platform takes.
    """
    quote = clip.quote
    published = quote.article.published
    return SourceLine(
        title=name(quote.article),
        url=address(quote, limit=max_url_chars),
        date=published.isoformat() if published else "",
        notes=_notes(clip, phrases),
    )


def _notes(clip: Clip, phrases: Phrases) -> tuple[str, ...]:
    article = clip.quote.article
    notes = [] if article.published else _updated(article, phrases)
    notes += [phrases.shortened] if clip.shortened else []
    if clip.also:
        # Two articles may have the same title; one title says it all.
        titles = dict.fromkeys(name(quote.article) for quote in clip.also[:MAX_ALSO])
        notes.append(phrases.also_in.format(titles="; ".join(titles)))
    return tuple(notes)


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
