"""Two articles and somebody who knows the answers: small, quick and always the same."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding

MOVE = "In 2021 the firm moved its headquarters to Wiesbaden."
OLD = "Since 1998 its headquarters had been in Mainz."
RIVAL = "The headquarters is in Frankfurt & its annex in <Offenbach>."

FIRM = Article("firm.txt", "The firm moves", f"It began small.\r\n{OLD} {MOVE} Nobody objected.\n")
PAPER = Article("paper.txt", "Another paper", f"A rumour.\n{RIVAL}\n*The end.*\n")
ARTICLES = (FIRM, PAPER)


def span_of(article: Article, words: str) -> tuple[int, int]:
    """Returns where some words stand in an article: start and end."""
    start = article.text.index(words)
    return start, start + len(words)


def finding(article: Article, sentence: str, decisive: str) -> Finding:
    """Returns a finding: a sentence of an article, with its decisive words in bold."""
    quote = Quote(article, *span_of(article, sentence))
    inside = sentence.index(decisive) + quote.start
    return Finding(quote, Span(article, inside, inside + len(decisive)), 0.9)


@dataclass(slots=True)
class Expert:
    """A `FindAnswer` that looks for one word in the question.

    Attributes:
        may_go_on: Until this is set, a question about patience is not answered.
        asked: How often each question was really worked on.
    """

    may_go_on: threading.Event = field(default_factory=threading.Event)
    asked: dict[str, int] = field(default_factory=dict)

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG002  -- all articles are always asked
        """Returns what the two articles say."""
        self.asked[question] = self.asked.get(question, 0) + 1
        if "explode" in question:
            raise RuntimeError("this text must never be shown to anybody")
        if "patience" in question and not self.may_go_on.wait(timeout=60):
            raise RuntimeError("nobody let it go on")
        return self._answer(question)

    def _answer(self, question: str) -> Answer:
        moved, was = finding(FIRM, MOVE, "Wiesbaden"), finding(FIRM, OLD, "Mainz")
        if "headquarters" in question:
            return Answer(question, (moved, was))
        if "rival" in question:
            return Answer(question, (finding(PAPER, RIVAL, "Frankfurt & its annex"),))
        if "differ" in question:
            return Answer(question, (moved, finding(PAPER, RIVAL, "Frankfurt")), differ=True)
        return Answer(question, closest=(moved.quote,), unknown_words=("moon",))
