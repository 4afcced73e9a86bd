"""From a question to its Answer: search, read, decide, and gather the evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from index.documents.folder import is_below
from index.documents.spans import Quote
from index.passages.boilerplate_sentences import find_boilerplate
from retrieval.agreement import contradictions, grouped
from retrieval.answers import Answer, Finding
from retrieval.candidates import candidates_of, holds_phrases, with_phrases
from retrieval.late_interaction import MOST_COMPARED, projection_for, with_alignment
from retrieval.questions import parse_question, unknown_words
from retrieval.search import search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.library.library import Library
    from retrieval.agreement import Group
    from retrieval.candidates import Candidate
    from retrieval.decision import Decision
    from retrieval.questions import Question
    from retrieval.reader import Reader
    from retrieval.search import Hit

# Passages that are read: the right one is among the first ten for 98 of 100 questions.
READ_PASSAGES = 10
# Findings kept for "next passage", and closest passages kept for a question not answered.
MAX_FINDINGS, MAX_CLOSEST, MAX_ALSO = 3, 3, 5
# Selections of folders that are kept at hand, each with indexes of its own.
_KEPT_SELECTIONS = 8


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question's candidates in order, before the decision whether the first one is shown.

    Attributes:
        ranked: Candidates with their scores, best first.
        probability: How likely the first one answers.
        hits: What the search found, best first.
    """

    question: Question
    ranked: tuple[tuple[Candidate, float], ...]
    probability: float
    hits: tuple[Hit, ...]


class Answering:
    """Answers questions from one library; an `Answerer`."""

    def __init__(
        self,
        library: Library,
        decision: Decision,
        reader: Reader | None = None,
        *,
        threshold: float | None = None,
        compared: int | None = MOST_COMPARED,
    ) -> None:
        """Set up for one library.

        Args:
            library: The articles.
            decision: The weights fitted for this reader.
            reader: Without one the sentence nearest to the question is the clipping.
            threshold: Instead of the decision's own: higher answers less, and less wrongly.
            compared: How many clippings are compared with the question word by word; None for all.
        """
        self.library = library
        self.decision = decision
        self._reader = reader
        self._threshold = decision.threshold if threshold is None else threshold
        self._compared = compared
        self._projection = projection_for(library.encoder.name)
        self._furniture = frozenset(find_boilerplate(library.sentences))
        self.below = lru_cache(_KEPT_SELECTIONS)(self._below)

    def __call__(self, text: str) -> Answer:
        """Answer one question."""
        ranking = self.rank(text)
        answer = Answer(text, library_version=self.library.version)
        if ranking.ranked and ranking.probability >= self._threshold:
            findings, differing = self._findings(ranking)
            return replace(answer, findings=findings, differ=differing)
        return replace(
            answer,
            closest=_distinct(
                [Quote(c.quote.article, c.quote.start, c.quote.end) for c, _ in ranking.ranked]
            ),
            unknown_words=unknown_words(ranking.question, self.library),
        )

    def over(self, library: Library) -> Answering:
        """The same reader, decision and threshold over another library."""
        return Answering(
            library,
            self.decision,
            self._reader,
            threshold=self._threshold,
            compared=self._compared,
        )

    def _below(self, folders: tuple[str, ...]) -> Answering:
        """The same over the articles below some folders alone."""
        its = {article for article in self.library.articles if is_below(article.slug, folders)}
        return self.over(self.library.subset(its))

    def rank(self, text: str) -> Ranking:
        """Search, read and order the candidates."""
        question = parse_question(text, self.library)
        if not question.content:
            return Ranking(question, (), 0.0, ())
        return self.decide(question, self.search(question))

    def search(self, question: Question) -> list[Hit]:
        """Find the passages to read, and as many again.

        Where the question has phrases in quotes, only passages that hold them all are found.
        """
        limit = 2 * READ_PASSAGES
        if not question.phrases:
            return search(self.library, question.text, question.stems, limit=limit)
        within = frozenset(
            row
            for row, passage in enumerate(self.library.passages)
            if holds_phrases(passage, question.phrases)
        )
        return search(self.library, question.text, question.stems, limit=limit, within=within)

    def decide(self, question: Question, hits: Sequence[Hit]) -> Ranking:
        """Read the best hits and order what is found."""
        read = hits[:READ_PASSAGES]
        readings = None
        if self._reader is not None:
            readings = self._reader.read(question.text, [hit.passage for hit in read])
        candidates = candidates_of(question, self.library, read, readings, self._furniture)
        if question.phrases:
            candidates = with_phrases(candidates, question, self.library, read, self._furniture)
        roughly = [candidate for candidate, _ in self.decision.ranked(candidates)]
        aligned = with_alignment(
            question,
            roughly,
            self.library.encoder,
            most=self._compared,
            projection=self._projection,
        )
        ranked = tuple(self.decision.ranked(aligned))
        probability = self.decision.probability(question, self.library, ranked)
        return Ranking(question, ranked, probability, tuple(hits))

    def _findings(self, ranking: Ranking) -> tuple[tuple[Finding, ...], bool]:
        """The findings, and whether they are answers that differ."""
        groups = grouped(ranking.ranked)
        chance = ranking.probability
        alone = partial(self.decision.probability, ranking.question, self.library)
        others = contradictions(ranking.question, ranking.ranked, groups, alone)
        sure = [pair for pair in others if pair[1] >= self._threshold]
        if sure:
            kept = [(groups[0], chance), *sure[: MAX_FINDINGS - 1]]
            differing = [_finding(group, likely) for group, likely in kept]
            return tuple(sorted(differing, key=lambda finding: -_day(finding))), True
        # One below the first is the less likely the further below.
        best = groups[:MAX_FINDINGS]
        return tuple(_finding(group, chance / (1.0 + group.behind)) for group in best), False


def _finding(group: Group, probability: float) -> Finding:
    return Finding(
        quote=group.best.quote,
        answer=group.best.answer,
        confidence=round(probability, 4),
        also=group.also()[:MAX_ALSO],
    )


def _distinct(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    kept: list[Quote] = []
    for quote in quotes:
        if not any(quote.overlaps(other) for other in kept):
            kept.append(quote)
    return tuple(kept[:MAX_CLOSEST])


def _day(finding: Finding) -> int:
    published = finding.quote.article.published
    return published.toordinal() if published else 0
