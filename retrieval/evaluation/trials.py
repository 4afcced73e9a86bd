"""Asking questions with known answers, and noting what came back: what all figures are made of."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.documents.spans import Quote
from index.passages.words import words
from retrieval.questions import parse_question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.documents.article import Article
    from index.library.library import Library
    from index.models.runtime import Floats
    from retrieval.answerer import Answering, Ranking
    from retrieval.evaluation.gold import Gold, GoldSet

# Reciprocal-rank fusion's constant, from Cormack, Clarke and Büttcher 2009.
RRF_CONSTANT = 60
DEPTH = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """One question, asked once.

    Attributes:
        gold: The question with its known answers.
        passage_rank: Where the first passage with an answer came, from 0; None if not in 20.
        quote_ranks: Which of the first three clippings are right.
        answer: The bold words of the first clipping, or the clipping; None where there is none.
        probability: That the first clipping answers.
        search_ms: Time to find the passages.
        total_ms: Time from the question to the decision.
    """

    gold: Gold
    passage_rank: int | None
    quote_ranks: tuple[bool, ...]
    answer: str | None
    probability: float
    search_ms: float
    total_ms: float

    @property
    def right(self) -> bool:
        """Whether the first clipping answers."""
        return bool(self.quote_ranks) and self.quote_ranks[0]


def sampled(gold_set: GoldSet, limit: int | None) -> list[Gold]:
    """The set's questions, or so many of them chosen with a fixed seed."""
    questions = list(gold_set.questions)
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(0).sample(questions, limit)  # noqa: S311  -- a sample, not a secret


def ask_all(
    answering: Answering, questions: Iterable[Gold], told: Callable[[], None]
) -> list[Trial]:
    """Ask each question of the whole library."""
    trials = []
    for gold in questions:
        trials.append(_ask(answering, gold))
        told()
    return trials


def ask_without_their_article(
    answering: Answering, questions: Iterable[Gold], told: Callable[[], None]
) -> list[Trial]:
    """Ask each question of the library as it would be without the article that answers it."""
    by_article: dict[Article, list[Gold]] = defaultdict(list)
    for gold in questions:
        if gold.article is not None:
            by_article[gold.article].append(gold)
    library = answering.library
    trials = []
    for article, its_questions in by_article.items():
        others = library.subset(set(library.articles) - {article})
        trials += ask_all(answering.over(others), its_questions, told)
    return trials


def ranked_quotes(ranking: Ranking, limit: int = 3) -> list[Quote]:
    """The first clippings of a ranking that do not overlap."""
    kept: list[Quote] = []
    for candidate, _ in ranking.ranked:
        if not any(candidate.quote.overlaps(quote) for quote in kept):
            kept.append(candidate.quote)
    return kept[:limit]


def _ask(answering: Answering, gold: Gold) -> Trial:
    began = time.perf_counter()
    question = parse_question(gold.text, answering.library)
    hits = answering.search(question)
    searched = time.perf_counter()
    ranking = answering.decide(question, hits)
    ended = time.perf_counter()
    quotes = ranked_quotes(ranking)
    first = ranking.ranked[0][0] if ranking.ranked else None
    rights = (at for at, hit in enumerate(hits[:DEPTH]) if gold.is_right(hit.passage))
    return Trial(
        gold=gold,
        passage_rank=next(rights, None),
        quote_ranks=tuple(gold.is_right(quote) for quote in quotes),
        answer=(first.answer or first.quote).text if first else None,
        probability=ranking.probability,
        search_ms=1000 * (searched - began),
        total_ms=1000 * (ended - began),
    )


def baselines(library: Library, questions: Sequence[Gold]) -> dict[str, float]:
    """Quote@1 of three plain ways to search, each showing its best passage's nearest sentence."""
    right: dict[str, int] = defaultdict(int)
    for gold in questions:
        query = library.encoder.encode([gold.text])[0]
        by_words = [row for row, _ in library.lexical.best(words(gold.text), DEPTH * 5)]
        by_meaning = [row for row, _ in library.dense.nearest(query, DEPTH * 5)]
        orders = {
            "BM25": by_words,
            "vectors": by_meaning,
            "reciprocal-rank fusion": fused(by_words, by_meaning),
        }
        for name, rows in orders.items():
            right[name] += bool(rows) and gold.is_right(_nearest_sentence(library, rows[0], query))
    return {name: count / len(questions) for name, count in right.items()}


def fused(*orders: Sequence[int]) -> list[int]:
    """Reciprocal-rank fusion of several orders of rows, best first, ties by row."""
    scores: dict[int, float] = defaultdict(float)
    for order in orders:
        for rank, row in enumerate(order, start=1):
            scores[row] += 1 / (RRF_CONSTANT + rank)
    return sorted(scores, key=lambda row: (-scores[row], row))


def _nearest_sentence(library: Library, row: int, query: Floats) -> Quote:
    rows = library.sentence_rows(row)
    near = library.sentence_vectors[rows.start : rows.stop].astype(np.float32) @ query
    sentence = library.sentences[rows[int(near.argmax())]]
    return Quote(sentence.article, sentence.start, sentence.end)
