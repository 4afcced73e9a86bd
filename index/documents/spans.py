"""The types everything shares: an article, and ranges of its characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One file, decoded and otherwise untouched.

    Two articles are the same when they are the same object: a library reads each file once.

    Attributes:
        slug: The file's path relative to the articles' folder, with forward slashes.
        title: The headline where one was found, else None.
        text: The decoded file; every offset counts its code points.
        published: The article's own date where one was found, never the day it was fetched.
        url: Where it was published, if front matter or a sidecar says so.
        digest: SHA-256 of the file's bytes, in hex; it versions every offset into `text`.
        body: Where the article's own text begins, after front matter.
    """

    slug: str
    title: str | None
    text: str = field(repr=False)
    published: datetime.date | None = None
    url: str | None = None
    digest: str = ""
    body: int = 0

    @property
    def name(self) -> str:
        """What to call it in front of a person: the title, else the file's path."""
        return self.title or self.slug


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

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.article is other.article and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.article is other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """One sentence, or one line that is none."""


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """Neighbouring sentences that are indexed and read together."""


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """What is shown to a person as the article's own words."""
