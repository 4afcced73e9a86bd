"""What comes back for a question: findings, or the plain fact that there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from index.documents.spans import Quote, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One clipping that answers the question.

    Attributes:
        quote: The sentence or sentences to show.
        answer: The decisive words inside `quote`, to show in bold; None when only the sentence is
            known.
        confidence: Probability between 0 and 1 that this clipping answers the question.
        also: The same answer in other articles, one quote each.
    """

    quote: Quote
    answer: Span | None
    confidence: float
    also: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        if self.answer is not None and not self.quote.covers(self.answer):
            raise ValueError("the answer lies outside its quote")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not a probability")


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything known about one question. No findings means "not found".

    Attributes:
        question: As it was asked.
        findings: Best first; when `differ` is set, newest dated first.
        differ: The findings give different answers, and all of them are shown.
        closest: When not found, the nearest quotes: to look at on request, not an answer.
        unknown_words: When not found, the words of the question that stand in no article.
        library_version: Which library the offsets belong to.
    """

    question: str = field(repr=False)
    findings: tuple[Finding, ...] = ()
    closest: tuple[Quote, ...] = ()
    unknown_words: tuple[str, ...] = ()
    library_version: str = ""
    differ: bool = False

    def __post_init__(self) -> None:
        if self.differ and len(self.findings) < 2:
            raise ValueError("articles can only differ when there are two findings")

    @property
    def found(self) -> bool:
        """Whether the articles answer the question."""
        return bool(self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """What a surface shows unasked: the best finding, or all that differ."""
        return self.findings if self.differ else self.findings[:1]


Answerer = Callable[[str], Answer]


@runtime_checkable
class Selective(Protocol):
    """An answerer that can answer from a part of its articles as if there were no others."""

    def below(self, folders: tuple[str, ...]) -> Answerer:
        """The same over the articles below some folders alone."""
