"""What comes back for a question: findings, or the plain fact that there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.documents.spans import Quote, Span
    from retrieval.about_articles import About


@dataclass(frozen=True, slots=True)
class Finding:
    """One clipping that answers the question.

    Attributes:
        quote: The range that answers: sentences, a step or all steps, a row, a block of code.
        answer: The decisive words inside `quote`, to show in bold; None when only the sentence is
            known.
        confidence: Probability between 0 and 1 that this clipping answers the question.
        also: The same answer in other articles, one quote for each article.
        parts: All ranges to show, in the order of the article, `quote` among them: the others are
            what `quote` is not understood without, such as the header of its table. Without any
            it is `quote` alone.
        more: How many items of the quote's list are not shown.
    """

    quote: Quote
    answer: Span | None
    confidence: float
    also: tuple[Quote, ...] = ()
    parts: tuple[Quote, ...] = ()
    more: int = 0

    def __post_init__(self) -> None:
        if not self.parts:
            object.__setattr__(self, "parts", (self.quote,))
        if self.quote not in self.parts:
            raise ValueError("the quote is not among the parts")
        if any(left.end > right.start for left, right in pairwise(self.parts)):
            raise ValueError("the parts are not in the order of their article")
        if self.answer is not None and not self.quote.covers(self.answer):
            raise ValueError("the answer lies outside its quote")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not a probability")


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything known about one question. Without findings the answer is "not found".

    Attributes:
        question: As it was asked.
        findings: Best first; if `differ` is set, the newest date first.
        differ: The findings give different answers, and all of them are shown.
        closest: If nothing was found, the nearest quotes. They are shown on request and are not
            answers.
        unknown_words: If nothing was found, the words of the question that stand in no article.
        library_version: The library that the offsets belong to.
        absent_phrases: If nothing was found, the phrases that were demanded word for word and stand
            in no article.
        about: What the records of articles say, where the question asks for that: who wrote an
            article and when, or which articles there are on a subject. It is no quote.
        foreign: If nothing was found, whether the question is in a language that the articles do
            not speak. There are no unknown words then.
        unread: Whether files that may hold text were left out of the library, so that a word which
            stands in no article may stand in one of them.
    """

    question: str = field(repr=False)
    findings: tuple[Finding, ...] = ()
    closest: tuple[Quote, ...] = ()
    unknown_words: tuple[str, ...] = ()
    library_version: str = ""
    differ: bool = False
    absent_phrases: tuple[str, ...] = ()
    about: About | None = None
    foreign: bool = False
    unread: bool = False

    def __post_init__(self) -> None:
        if self.differ and len(self.findings) < 2:
            raise ValueError("articles can only differ when there are two findings")
        if self.foreign and self.unknown_words:
            raise ValueError("the words of another language are not told one by one")

    @property
    def found(self) -> bool:
        """Whether the articles answer the question."""
        return bool(self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What is shown unasked: the best finding, or all findings that differ."""
        return self.findings if self.differ else self.findings[:1]


class FindAnswer(Protocol):
    """Anything that answers questions. `retrieval.answerer.Answerer` is what the product uses."""

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        """Answers one question.

        Args:
            question: As a person typed it.
            folders: Only the articles below these folders are asked, as if there were no others;
                () for all articles.
        """
