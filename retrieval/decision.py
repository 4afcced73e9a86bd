"""One decision for each question: which candidate is first, and how likely it answers.

Two linear models, fitted by `retrieval.training.fitting` and kept as JSON beside the reader. The
first orders the candidates. The second turns what is known about the question as a whole (the first
candidate, its lead over the second different answer, what the articles have of the question's
words) into a probability that the first clipping answers: one decision, so that many passages
without the answer cannot outvote the one that has it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config.errors import ModelError
from index.passages.words import words
from retrieval.candidates import FEATURES
from retrieval.normalised_answer import claim_of, same_answer
from retrieval.questions import is_named, with_long_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from index.library.library import Library
    from retrieval.candidates import Candidate
    from retrieval.questions import Question

# What orders the candidates of one question.
RANK_FEATURES = tuple(name for name in FEATURES if name != "furniture")
# What the probability depends on: those above that say how good the best candidate is, not how much
# better than the others; then its lead over the first different answer, the share of the question's
# names that its passage lacks, whether one of them stands in no article at all, and whether the
# question has a phrase of several words, which every candidate then holds. "aligned" is not among
# them: beside these it told answerable questions no better apart (held-out AUROC .993 and .994).
_OWN_FEATURES = ("margin", "dense", "sentence", "near_share", "fits", "misfits")
QUESTION_FEATURES = (*_OWN_FEATURES, "lead", "names_missing", "name_unknown", "phrase_found")
# A lead beyond this says no more than this.
_MAX_LEAD = 5.0


@dataclass(frozen=True, slots=True)
class Decision:
    """The fitted weights.

    Attributes:
        rank: A weight for each name in FEATURES.
        weights: A weight for each name in QUESTION_FEATURES.
        bias: Added to the weighted sum; the logistic function makes it a probability.
        threshold: Below this probability the answer is "not found".
        false_answers: The share of unanswerable questions that passed the threshold when it was
            chosen.
    """

    rank: Mapping[str, float]
    weights: Mapping[str, float]
    bias: float
    threshold: float
    false_answers: float

    def ranked(self, candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
        """Candidates with their scores, best first; equal ones in the order of their articles."""
        scored = [
            (candidate, weighted(self.rank, FEATURES, candidate.features))
            for candidate in candidates
        ]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0].hit.row, pair[0].quote.start))

    def probability(
        self, question: Question, library: Library, ranked: Sequence[tuple[Candidate, float]]
    ) -> float:
        """How likely the first of the ranked candidates answers the question."""
        if not ranked:
            return 0.0
        features = question_features(question, library, ranked)
        total = self.bias + weighted(self.weights, QUESTION_FEATURES, features)
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, total))))


def question_features(
    question: Question, library: Library, ranked: Sequence[tuple[Candidate, float]]
) -> tuple[float, ...]:
    """One number for each name in QUESTION_FEATURES."""
    best = dict(zip(FEATURES, ranked[0][0].features, strict=True))
    return (
        *(best[name] for name in _OWN_FEATURES),
        min(lead(ranked), _MAX_LEAD),
        names_missing(question, ranked[0][0]),
        float(any(not is_named(name, library) for name in question.names)),
        float(any(" " in phrase for phrase in question.phrases)),
    )


def names_missing(question: Question, candidate: Candidate) -> float:
    """The share of the question's names that are neither in the passage nor in its title."""
    if not question.names:
        return 0.0
    there = passage_stems(candidate)
    return sum(name not in there for name in question.names) / len(question.names)


def passage_stems(candidate: Candidate) -> set[str]:
    """The stems of a candidate's passage and its title."""
    passage = candidate.hit.passage
    return set(words(with_long_forms(f"{passage.article.title or ''} {passage.text}")))


def lead(ranked: Sequence[tuple[Candidate, float]]) -> float:
    """How far the first candidate's score lies above the first one that says something else."""
    best, score = ranked[0]
    first = claim_of((best.answer or best.quote).text)
    for other, its_score in ranked[1:]:
        if not same_answer(first, claim_of((other.answer or other.quote).text)):
            return score - its_score
    return _MAX_LEAD


def weighted(weights: Mapping[str, float], names: Sequence[str], values: Sequence[float]) -> float:
    """The weighted sum of named numbers; a name without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in zip(names, values, strict=True))


def read_decision(path: Path, part: str) -> Decision:
    """Read the weights for answering with a reader ("reader") or without ("sentences").

    Raises:
        ModelError: The file is missing or damaged.
    """
    try:
        fields: dict[str, Any] = json.loads(path.read_bytes())[part]
        return Decision(
            rank=fields["rank"],
            weights=fields["weights"],
            bias=float(fields["bias"]),
            threshold=float(fields["threshold"]),
            false_answers=float(fields["false_answers"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path} is missing or damaged: restore it, or run"
            " `python -m retrieval.training.fitting`."
        ) from error
