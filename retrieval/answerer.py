"""The way from a question to its Answer: search, read, rank, decide, and compare the articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from index.documents.folder import is_below
from index.passages.boilerplate_sentences import find_boilerplate
from retrieval.about_articles import find_about
from retrieval.about_wordings import AboutKind
from retrieval.agreement import find_contradictions, group_by_answer
from retrieval.answers import Answer, Finding
from retrieval.candidates import CandidateBuilder, holds_phrases
from retrieval.clipping import whole_clipping
from retrieval.language import is_foreign
from retrieval.late_interaction import RERANK_TOP_K, maxsim_scores, projection_for
from retrieval.mentions import unknown_words
from retrieval.questions import parse_question
from retrieval.search import search
from retrieval.second_look import lines_to_read
from retrieval.sequence import neighbouring_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.documents.spans import Quote
    from index.library.library import Library
    from retrieval.agreement import Group
    from retrieval.candidates import Candidate
    from retrieval.clipping import Clipping
    from retrieval.models import Models
    from retrieval.questions import Question
    from retrieval.ranker import RankedCandidate
    from retrieval.search import Hit

# How many passages are read: the right passage is among the first ten for 98 of 100 questions.
READER_TOP_K = 10
# Where sections are short, more passages are read, until they have so many characters together.
READER_MIN_CHARS = 4_000
# How many findings are kept for "next passage", how many closest passages for a question that is
# not answered, and how many other articles that say the same.
MAX_FINDINGS, MAX_CLOSEST, MAX_ALSO = 3, 3, 5
# How many selections of folders are kept in memory, each with an index of its own.
_KEPT_SELECTIONS = 8


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question's candidates in order, before it is decided whether the first is shown.

    Attributes:
        question: What is asked.
        ranked: The candidates, best first.
        probability: How likely the first candidate answers.
        hits: What the search found, best first.
    """

    question: Question
    ranked: tuple[RankedCandidate, ...]
    probability: float
    hits: tuple[Hit, ...]


class Answerer:
    """Answers questions from one library; a `FindAnswer`."""

    def __init__(
        self,
        library: Library,
        models: Models,
        *,
        threshold: float | None = None,
        rerank_top_k: int | None = RERANK_TOP_K,
        unread: bool = False,
    ) -> None:
        """Sets up for one library.

        Args:
            library: The articles.
            models: The reader, and the ranker and the calibrator that were fitted for it.
            threshold: Used instead of the calibrator's own. A higher threshold answers fewer
                questions, and fewer of them wrongly.
            rerank_top_k: How many clippings are compared with the question word by word; None for
                all.
            unread: Whether files that may hold text were left out of the library.

        Raises:
            ModelError: The projection for the library's encoder is missing or damaged.
        """
        self.library = library
        self._models = models
        self._given_threshold = threshold
        self._threshold = models.calibrator.threshold if threshold is None else threshold
        self._rerank_top_k = rerank_top_k
        self._unread = unread
        self._projection = projection_for(library.encoder.name)
        self._boilerplate = frozenset(find_boilerplate(library.sentences))
        self.restricted_to = lru_cache(_KEPT_SELECTIONS)(self._restricted_to)

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        """Answers one question.

        Args:
            question: As a person typed it.
            folders: Only the articles below these folders are asked, as if there were no others;
                () for all articles.
        """
        if folders:
            return self.restricted_to(folders)(question)
        ranking = self.rank(question)
        answer = Answer(question, library_version=self.library.version, unread=self._unread)
        is_sure = bool(ranking.ranked) and ranking.probability >= self._threshold
        findings, differ = self._findings(ranking) if is_sure else ((), False)
        about = find_about(question, self.library, findings[0].quote if findings else None)
        if findings and (about is None or about.kind is AboutKind.ARTICLES):
            return replace(answer, findings=findings, differ=differ, about=about)
        if about is not None and about.line is not None:
            # Found by the article's title and by the form of the line: no model is asked.
            return replace(answer, findings=(Finding(about.line, None, confidence=1.0),))
        quotes = (self._whole(ranking, each.candidate).main for each in ranking.ranked)
        foreign = is_foreign(ranking.question.text, self.library)
        return replace(
            answer,
            closest=_distinct(quotes),
            unknown_words=() if foreign else unknown_words(ranking.question, self.library),
            foreign=foreign,
            absent_phrases=self._absent_phrases(ranking.question),
            about=about,
        )

    def with_library(self, library: Library) -> Answerer:
        """Returns an answerer with the same models and threshold over another library."""
        return Answerer(
            library,
            self._models,
            threshold=self._given_threshold,
            rerank_top_k=self._rerank_top_k,
            unread=self._unread,
        )

    def rank(self, text: str) -> Ranking:
        """Searches, reads and orders the candidates of a question."""
        question = parse_question(text, self.library)
        if not question.content:
            return Ranking(question, (), 0.0, ())
        return self.rank_hits(question, self.search(question))

    def search(self, question: Question) -> list[Hit]:
        """Finds the passages to read, and as many again.

        Where the question has phrases in quotation marks, only passages that hold all of them are
        found.
        """
        limit = 2 * READER_TOP_K
        if not question.phrases:
            return search(self.library, question.text, question.stems, limit=limit)
        within = frozenset(
            row
            for row, passage in enumerate(self.library.passages)
            if holds_phrases(passage, question.phrases)
        )
        return search(self.library, question.text, question.stems, limit=limit, within=within)

    def rank_hits(self, question: Question, hits: Sequence[Hit]) -> Ranking:
        """Reads the best hits and orders the candidates found in them."""
        read = list(hits_to_read(hits))
        readings = None
        if self._models.reader is not None:
            lines = lines_to_read(question, read, self.library)
            passages = [hit.passage for hit in read] + [line for _, line in lines]
            readings = self._models.reader.read(question.text, passages)
            read += [hit for hit, _ in lines]
        builder = CandidateBuilder(question, self.library, self._boilerplate)
        ranker = self._models.ranker
        candidates = ranker.first_order(builder.build(read, readings))
        maxsims = maxsim_scores(
            question,
            candidates,
            self.library.encoder,
            top_k=self._rerank_top_k,
            projection=self._projection,
        )
        ranked = tuple(ranker.order(candidates, maxsims))
        probability = self._models.calibrator.probability(question, self.library, ranked)
        return Ranking(question, ranked, probability, tuple(hits))

    def _restricted_to(self, folders: tuple[str, ...]) -> Answerer:
        """Returns an answerer over the articles below some folders; `restricted_to` keeps it."""
        kept = {article for article in self.library.articles if is_below(article.slug, folders)}
        return self.with_library(self.library.subset(kept))

    def _absent_phrases(self, question: Question) -> tuple[str, ...]:
        """Returns the phrases of a question that no passage holds word for word."""
        return tuple(
            phrase
            for phrase in question.phrases
            if not any(holds_phrases(passage, (phrase,)) for passage in self.library.passages)
        )

    def _findings(self, ranking: Ranking) -> tuple[tuple[Finding, ...], bool]:
        """Returns the findings, and whether they are answers that differ."""
        groups = group_by_answer(ranking.ranked)
        alone = partial(self._models.calibrator.probability, ranking.question, self.library)
        others = find_contradictions(ranking.question, ranking.ranked, groups, alone)
        sure = [pair for pair in others if pair[1] >= self._threshold]
        if sure:
            kept = [(groups[0], ranking.probability), *sure[: MAX_FINDINGS - 1]]
            differing = [self._finding(ranking, group, chance) for group, chance in kept]
            return tuple(sorted(differing, key=lambda finding: -_day(finding))), True
        # The further a group lies below the first, the less likely it answers.
        return tuple(
            self._finding(ranking, group, ranking.probability / (1.0 + group.score_gap))
            for group in groups[:MAX_FINDINGS]
        ), False

    def _finding(self, ranking: Ranking, group: Group, probability: float) -> Finding:
        whole = self._whole(ranking, group.best)
        answer = group.best.answer
        step = neighbouring_step(ranking.question.text, answer) if answer else None
        return Finding(
            quote=whole.main,
            answer=step if step is not None and whole.main.covers(step) else answer,
            confidence=round(probability, 4),
            also=group.also()[:MAX_ALSO],
            parts=whole.parts,
            more=whole.more,
        )

    def _whole(self, ranking: Ranking, candidate: Candidate) -> Clipping:
        return whole_clipping(ranking.question.text, candidate, self.library)


def hits_to_read(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yields the hits whose passages are read, best first."""
    chars = 0
    for at, hit in enumerate(hits):
        if at >= READER_TOP_K and chars >= READER_MIN_CHARS:
            return
        chars += hit.passage.end - hit.passage.start
        yield hit


def _distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Returns the first quotes that do not overlap, at most MAX_CLOSEST."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(quote.overlaps(other) for other in kept):
            kept.append(quote)
        if len(kept) == MAX_CLOSEST:
            break
    return tuple(kept)


def _day(finding: Finding) -> int:
    """Returns the day of the finding's article as a number; 0 for an article without a date."""
    published = finding.quote.article.published
    return published.toordinal() if published else 0
