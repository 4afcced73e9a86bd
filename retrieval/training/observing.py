"""Asks questions with known answers in every way that ranking and calibration have to hold for."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.answerer import READER_TOP_K
from retrieval.questions import parse_question
from retrieval.search import search
from retrieval.training.pool import HELD_OUT_ARTICLES
from retrieval.training.questions import read_questions, split_off

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.documents.article import Article
    from index.library.library import Library
    from retrieval.answerer import Answerer, Ranking
    from retrieval.candidates import Candidate
    from retrieval.evaluation.gold import Gold, GoldSet

MAX_QUESTIONS = 300
# How many times `observe` asks each question.
WAYS = 6
# The weight of a question whose article was there without the answer. With 0.25 the calibration
# told questions less well apart from the same questions without their article (wiki, an article
# left out in turn: AUROC .989 instead of .990, answered at 5 % .927 instead of .939), and hardly
# better from near misses (.417 instead of .428 of them passed where 1 % of those without their
# article did).
NEAR_MISS_WEIGHT = 0.1
_FEW_ARTICLES = 4


@dataclass(frozen=True, slots=True)
class Observed:
    """One question with its candidates, before anything is fitted.

    Attributes:
        file: The file that it is from.
        gold: The question with its known answers.
        library: What it was asked of.
        ranking: Its candidates.
        near_miss: Its article was there, without the passages that hold an answer.
    """

    file: str
    gold: Gold
    library: Library
    ranking: Ranking
    near_miss: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the passages that answer were there."""
        return not self.near_miss and self.gold.article in self.library.articles

    @property
    def weight(self) -> float:
        """How much the question counts in the fit."""
        return NEAR_MISS_WEIGHT if self.near_miss else 1.0

    def is_right(self, candidate: Candidate) -> bool:
        """Tells whether a candidate answers."""
        return self.answerable and self.gold.is_right(candidate.quote)


def observe(answerer: Answerer, gold_set: GoldSet, progress: Callable[[], None]) -> list[Observed]:
    """Asks every question of a set six times.

    Each question is asked of a large library and of a few articles: with its article, without its
    article, and with its article but without the passages that hold an answer. In a library of a
    few articles many words of a good question stand nowhere; in a large library hardly any do. And
    people often ask in vain about something that the articles do speak of. The calibration has to
    hold for all of these cases.

    Args:
        answerer: Over the set's library.
        gold_set: The questions.
        progress: Called each time that a question was asked.
    """
    observed = []
    for article in gold_set.library.articles:
        own = [gold for gold in gold_set.questions if gold.article is article]
        if not own:
            continue
        for library in _libraries(gold_set.library, article):
            restricted = answerer.with_library(library)
            for gold in own:
                ranking = restricted.rank(gold.text)
                observed.append(Observed(gold_set.name, gold, library, ranking))
                progress()
                if article in library.articles:
                    ranking = _rank_without_answers(restricted, gold)
                    observed.append(Observed(gold_set.name, gold, library, ranking, near_miss=True))
                    progress()
    return observed


def _rank_without_answers(answerer: Answerer, gold: Gold) -> Ranking:
    """Asks of the passages that hold no answer."""
    question = parse_question(gold.text, answerer.library)
    answers = [answer.casefold() for answer in gold.answers]
    left = frozenset(
        row
        for row, passage in enumerate(answerer.library.passages)
        if not any(answer in passage.text.casefold() for answer in answers)
    )
    limit = 2 * READER_TOP_K
    hits = search(answerer.library, question.text, question.stems, limit=limit, within=left)
    return answerer.rank_hits(question, hits)


def _libraries(library: Library, article: Article) -> list[Library]:
    """Returns the whole library and a few articles of it, each with one article and without it."""
    others = [each for each in library.articles if each is not article]
    few = random.Random(article.slug).sample(others, min(_FEW_ARTICLES, len(others)))  # noqa: S311  -- repeatable on purpose
    return [
        library,
        library.subset(set(others)),
        library.subset({article, *few}),
        library.subset(set(few)),
    ]


def held_out(data: Path, name: str, gold_set: GoldSet) -> GoldSet:
    """Returns the questions of a file that the reader has not learned from, at most MAX_QUESTIONS.

    Questions that annotators made to look answerable are left out: people seldom ask such
    questions, and an evaluation reports them separately.
    """
    _, held = split_off(read_questions(data / f"{name}.json"), HELD_OUT_ARTICLES)
    known = {(" ".join(q.text.split()), q.paragraph.text) for q in held}
    texts = {text for text, _ in known}
    kept = [
        gold
        for gold in gold_set.questions
        if gold.answers
        and gold.text in texts
        and gold.article is not None
        and any(asked == gold.text and text in gold.article.text for asked, text in known)
    ]
    random.Random(name).shuffle(kept)  # noqa: S311  -- repeatable on purpose
    return replace(gold_set, name=name, questions=tuple(kept[:MAX_QUESTIONS]))
