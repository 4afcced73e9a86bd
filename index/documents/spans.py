"""Ranges of an article's characters: sentences, passages and quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.visible import visible_text

if TYPE_CHECKING:
    from index.documents.article import Article


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to but not including `end` of one article.

    A span keeps offsets and no text of its own, so what it shows cannot drift
    from the article: quoting word for word is how it is built, not a promise.
    """

    article: Article
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"[{self.start}, {self.end}) is empty or outside {self.article.slug}")

    @property
    def text(self) -> str:
        """The characters themselves, exactly as the article has them."""
        return self.article.text[self.start : self.end]

    @property
    def visible(self) -> str:
        """What a reader of the page sees of it: without markup, entities decoded."""
        article = self.article
        return visible_text(article.text, structure_of(article), self.start, self.end)

    def covers(self, other: Span) -> bool:
        """Returns whether `other` lies wholly inside this span."""
        return self.article is other.article and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Returns whether the two spans share at least one character."""
        return self.article is other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """One sentence, or one line that is not a sentence, such as a headline."""


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """Neighbouring sentences that are indexed and read together."""


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """What is shown to a person as the article's own words."""
