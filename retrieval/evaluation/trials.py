"""Asks questions with known answers and notes what comes back: all figures are made of trials."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.evaluation.baselines import baselines
from retrieval.evaluation.wording import type_casually
from retrieval.questions import parse_question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from index.documents.article import Article
    from index.documents.spans import Quote
    from retrieval.answerer import Answerer, Ranking
    from retrieval.evaluation.gold import Gold, GoldSet

# How many passages of a search are looked at.
DEPTH = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """One question, asked once.

    Attributes:
        gold: The question with its known answers.
        passage_rank: The rank of the first passage with an answer, from 0; None if it is not among
            the first DEPTH.
        quote_ranks: For each of the first three clippings, whether it is right.
        answer: The decisive words of the first clipping, or the clipping; None without a clipping.
        probability: That the first clipping answers.
        search_ms: The time to find the passages.
        total_ms: The time from the question to the probability.
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


@dataclass(frozen=True, slots=True)
class Trials:
    """The questions of one file, asked every way.

    Attributes:
        name: The file.
        answerable: Questions with an answer, asked of the whole library.
        taken_out: The same questions, asked of the library without the article that answers them.
        unanswerable: Questions that their own article does not answer.
        baselines: Quote@1 of plain searches, by name.
    """

    name: str
    answerable: Sequence[Trial]
    taken_out: Sequence[Trial]
    unanswerable: Sequence[Trial]
    baselines: dict[str, float]

    def confidence(self) -> tuple[list[float], list[bool]]:
        """Returns every probability, and whether the clipping that it belongs to was right."""
        every = [*self.answerable, *self.taken_out]
        return [trial.probability for trial in every], [trial.right for trial in every]


def try_all(
    answerer: Answerer,
    gold_set: GoldSet,
    questions: Sequence[Gold],
    progress: Callable[[], None],
) -> Trials:
    """Asks a set's questions every way.

    Args:
        answerer: Over the set's library.
        gold_set: Where the questions are from.
        questions: Some or all of its questions.
        progress: Called after each question asked; `asked_in_all` says how often.
    """
    answerable = [gold for gold in questions if gold.answers]
    others = [gold for gold in questions if not gold.answers]
    return Trials(
        name=gold_set.name,
        answerable=ask_all(answerer, answerable, progress),
        taken_out=ask_without_their_article(answerer, answerable, progress),
        unanswerable=ask_all(answerer, others, progress),
        baselines=baselines(gold_set.library, answerable) if answerable else {},
    )


def asked_in_all(questions: Sequence[Gold]) -> int:
    """Returns how many times `try_all` asks: a question with a known article is asked twice."""
    return len(questions) + sum(
        bool(gold.answers) and gold.article is not None for gold in questions
    )


def sampled(gold_set: GoldSet, limit: int | None) -> list[Gold]:
    """Returns the set's questions, or `limit` of them chosen with a fixed seed."""
    questions = list(gold_set.questions)
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(0).sample(questions, limit)  # noqa: S311  -- a sample, not a secret


def type_all_casually(questions: Sequence[Gold]) -> list[Gold]:
    """Returns the same questions as people type them, the same way each time."""
    rng = random.Random(0)  # noqa: S311  -- repeatable on purpose
    return [replace(gold, text=type_casually(gold.text, rng)) for gold in questions]


def ask_all(
    answerer: Answerer, questions: Iterable[Gold], progress: Callable[[], None]
) -> list[Trial]:
    """Asks each question of the whole library."""
    trials = []
    for gold in questions:
        trials.append(_ask(answerer, gold))
        progress()
    return trials


def ask_without_their_article(
    answerer: Answerer, questions: Iterable[Gold], progress: Callable[[], None]
) -> list[Trial]:
    """Asks each question of the library without the article that answers it."""
    by_article: dict[Article, list[Gold]] = defaultdict(list)
    for gold in questions:
        if gold.article is not None:
            by_article[gold.article].append(gold)
    library = answerer.library
    trials = []
    for article, own_questions in by_article.items():
        others = library.subset(set(library.articles) - {article})
        trials += ask_all(answerer.with_library(others), own_questions, progress)
    return trials


def ranked_quotes(ranking: Ranking, limit: int = 3) -> list[Quote]:
    """Returns the first clippings of a ranking that do not overlap."""
    kept: list[Quote] = []
    for each in ranking.ranked:
        if not any(each.candidate.quote.overlaps(quote) for quote in kept):
            kept.append(each.candidate.quote)
    return kept[:limit]


def _ask(answerer: Answerer, gold: Gold) -> Trial:
    began = time.perf_counter()
    question = parse_question(gold.text, answerer.library)
    hits = answerer.search(question)
    searched = time.perf_counter()
    ranking = answerer.rank_hits(question, hits)
    ended = time.perf_counter()
    first = ranking.ranked[0].candidate if ranking.ranked else None
    rights = (at for at, hit in enumerate(hits[:DEPTH]) if gold.is_right(hit.passage))
    return Trial(
        gold=gold,
        passage_rank=next(rights, None),
        quote_ranks=tuple(gold.is_right(quote) for quote in ranked_quotes(ranking)),
        answer=first.decisive.text if first else None,
        probability=ranking.probability,
        search_ms=1000 * (searched - began),
        total_ms=1000 * (ended - began),
    )
