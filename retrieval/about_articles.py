"""Questions about the articles themselves: who wrote one, when it was published, what there is.

The article that is meant is found by its title. What an article's record says is no quote: it is
shown in fixed words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.passages.words import words
from retrieval.about_wordings import AboutKind, asked_about, speaks_of
from retrieval.own_lines import own_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.spans import Quote
    from index.library.library import Library

MAX_ARTICLES = 5
# How many passages are looked at for articles on a subject.
_PASSAGES_TOP_K = 50
# How much of two titles must be the same words for one to be meant by the other (F1), and how far
# the next title must lie below.
_MIN_LIKENESS = 0.6
_MAX_NEXT_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a question about the articles themselves.

    Attributes:
        kind: What is asked.
        articles: The articles that are meant, best first; their records have what is asked.
        line: The line in which an article says itself what is asked; None where none does.
    """

    kind: AboutKind
    articles: tuple[Article, ...]
    line: Quote | None = None


def find_about(question: str, library: Library, clipping: Quote | None) -> About | None:
    """Returns what the records of articles say to a question; None if it asks for nothing there.

    Args:
        question: As a person typed it.
        library: The articles.
        clipping: What the articles' text seems to answer. A record takes its place only where it
            does not speak of what is asked: "the pool opens at seven" is not when a page was
            published. A list of articles stands beside it.
    """
    kind, title = asked_about(question)
    if kind is None:
        return None
    wanted = frozenset(words(title))
    if not wanted:
        return None
    if kind is AboutKind.ARTICLES:
        found = _articles_on(wanted, library)
        return About(kind, tuple(found[:MAX_ARTICLES])) if found else None
    if clipping is not None and speaks_of(kind, clipping.text):
        return None
    titled = _articles_titled(wanted, library)
    lines = (own_line(article, kind) for article in titled)
    line = next((each for each in lines if each is not None), None)
    recorded = tuple(article for article in titled if _says(article, kind))[:MAX_ARTICLES]
    return About(kind, recorded, line) if recorded or line else None


def _says(article: Article, kind: AboutKind) -> bool:
    """Returns whether an article's record has what is asked."""
    return bool(getattr(article, kind.value))


def _articles_titled(wanted: frozenset[str], library: Library) -> list[Article]:
    """Returns the article that is clearly meant by some words, or all that share its name.

    A name is meant that has all the words; else a name that is like them. Where that of another
    article fits nearly as well, nobody knows which is meant.
    """
    named = [(article, name) for article in library.articles for name in _names(article)]
    full = [(article, name) for article, name in named if wanted <= name]
    likeness = {name: _likeness(wanted, name) for _, name in full or named}
    best = max(likeness, key=lambda name: likeness[name], default=frozenset())
    meant = dict.fromkeys(article for article, name in named if name == best)
    others = [likeness[name] for article, name in full or named if article not in meant]
    is_only_one_with_all = bool(full) and not others and len(wanted) > 1
    if likeness.get(best, 0.0) < _MIN_LIKENESS and not is_only_one_with_all:
        return []
    return [] if max(others, default=0.0) > likeness[best] * _MAX_NEXT_LIKENESS else list(meant)


def _articles_on(wanted: frozenset[str], library: Library) -> list[Article]:
    """Returns the articles on a subject: those that name it in their record, then in their text."""
    named = [each for each in library.articles if wanted <= frozenset(words(_record(each)))]
    by_title = sorted(named, key=lambda each: not any(wanted <= name for name in _names(each)))
    rows = [row for row, _ in library.lexical.best(sorted(wanted), _PASSAGES_TOP_K)]
    holding = [
        library.passages[row].article for row in rows if wanted <= set(library.passage_words[row])
    ]
    return list(dict.fromkeys([*by_title, *holding]))


def _likeness(wanted: frozenset[str], title: frozenset[str]) -> float:
    return 2 * len(wanted & title) / (len(wanted) + len(title))


def _names(article: Article) -> list[frozenset[str]]:
    """Returns the stems of an article's title and of its file's name."""
    return [frozenset(words(name)) for name in (article.title or "", _file_name(article))]


def _file_name(article: Article) -> str:
    return PurePosixPath(article.slug).stem.replace("_", " ")


def _record(article: Article) -> str:
    parts: Sequence[str] = (
        article.title or "",
        _file_name(article),
        *article.tags,
        article.description or "",
    )
    return "\n".join(parts)
