"""How likely the first candidate answers, and the threshold below which nothing is shown."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from index.documents.outline import block_of
from retrieval.features import weighted_sum
from retrieval.normalised_answer import normalise, same_answer
from retrieval.questions import is_named
from retrieval.spoken import answers_a_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.library.library import Library
    from retrieval.candidates import Candidate
    from retrieval.questions import Question
    from retrieval.ranker import RankedCandidate

# A lead above this counts as this.
_MAX_LEAD = 5.0
# The weighted sum is cut here, far beyond any probability that can be told from 0 or 1.
_ALL_WORDS = 0.999  # a share of words is a quotient of sums
_MAX_LOGIT = 50.0


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """What is known about a question as a whole, once its candidates are ranked.

    The first six are features of the first candidate: those that say how good it is, not how much
    better than the others. Its `maxsim` is left out: beside these features it told answerable
    questions no better apart (held-out AUROC .993 and .994).

    Attributes:
        margin: As in `retrieval.features.Features`, likewise the next five.
        lead: How far the first candidate lies above the first that says something else, at most 5.
        names_missing: The share of the question's names that the candidate's passage lacks.
        name_unknown: 1 if one of the names, years or versions stands in no article at all.
        phrase_found: 1 if the question has a phrase of several words in quotation marks. Every
            candidate then holds it.
        question_met: 1 if the first candidate answers a question of its article that has all words
            of the question asked.
    """

    margin: float
    dense: float
    sentence: float
    context_share: float
    fits: float
    misfits: float
    lead: float
    names_missing: float
    name_unknown: float
    phrase_found: float
    question_met: float


QUESTION_FEATURE_NAMES = tuple(field.name for field in fields(QuestionFeatures))


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A logistic model of the whole question, fitted by `retrieval.training.calibration_fitting`.

    There is one probability for each question and not one for each candidate, so that many passages
    without the answer cannot outvote the passage that has it.

    Attributes:
        weights: A weight for each name in QUESTION_FEATURE_NAMES; a name that is missing weighs 0.
        bias: Added to the weighted sum; the logistic function makes the sum a probability.
        threshold: Below this probability the answer is "not found".
        false_answers: The share of unanswerable questions that passed the threshold when it was
            chosen.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    false_answers: float

    def probability(
        self, question: Question, library: Library, ranked: Sequence[RankedCandidate]
    ) -> float:
        """Returns how likely the first of the ranked candidates answers the question."""
        if not ranked:
            return 0.0
        features = question_features(question, library, ranked)
        logit = self.bias + weighted_sum(self.weights, asdict(features))
        return 1.0 / (1.0 + math.exp(-max(-_MAX_LOGIT, min(_MAX_LOGIT, logit))))


def question_features(
    question: Question, library: Library, ranked: Sequence[RankedCandidate]
) -> QuestionFeatures:
    """Returns what the probability depends on; `ranked` holds at least one candidate."""
    best = ranked[0].candidate
    return QuestionFeatures(
        margin=best.features.margin,
        dense=best.features.dense,
        sentence=best.features.sentence,
        context_share=best.features.context_share,
        fits=best.features.fits,
        misfits=best.features.misfits,
        lead=min(lead(ranked), _MAX_LEAD),
        names_missing=names_missing(question, best),
        name_unknown=float(
            bool(question.absent_numbers)
            or any(not is_named(name, library) for name in question.names)
        ),
        phrase_found=float(any(" " in phrase for phrase in question.phrases)),
        question_met=float(best.features.heading_share >= _ALL_WORDS and _answers_question(best)),
    )


def _answers_question(candidate: Candidate) -> bool:
    at = block_of(candidate.quote)
    return at is not None and answers_a_question(candidate.quote.article, at)


def names_missing(question: Question, candidate: Candidate) -> float:
    """Returns the share of the question's names that are in neither the passage nor its title."""
    if not question.names:
        return 0.0
    there = candidate.passage_stems()
    return sum(name not in there for name in question.names) / len(question.names)


def lead(ranked: Sequence[RankedCandidate]) -> float:
    """Returns the first candidate's score less that of the first that says something else."""
    best = ranked[0]
    first = normalise(best.candidate.decisive.visible)
    for other in ranked[1:]:
        if not same_answer(first, normalise(other.candidate.decisive.visible)):
            return best.score - other.score
    return _MAX_LEAD
