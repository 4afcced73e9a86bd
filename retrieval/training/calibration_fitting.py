"""Fits the calibrator: the probability that the first candidate answers, and the threshold."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.calibrator import QUESTION_FEATURE_NAMES, Calibrator, question_features
from retrieval.training.minimise import minimise, sign_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.ranker import RankedCandidate, Ranker
    from retrieval.training.observing import Observed

Floats = npt.NDArray[np.float64]

# The share of questions that pass the threshold though their article is not there.
FALSE_ANSWERS = 0.01
# ln(0.0115 / 0.42). Of 2,400 answerable questions of the training files, these shares name
# something that stands in no article: .0115 with their article in the library, .42 without it. If
# this weight were fitted beside the others it would lose most of its size, though no other feature
# tells so surely.
_NAME_UNKNOWN = -3.6
# ln((28 / 30) / (1 / 30)). Thirty questions of the training files have a phrase of several words in
# quotation marks: twenty-eight have it from their own article, and one from another article.
_PHRASE_FOUND = 3.3
# What stands below an article's own question answers it, whatever a reader makes of "None" or
# "Yes, twice": with all other features as such short answers have them, this weight outweighs the
# reader's lowest margin. Of the 292 answerable questions of tests/quality one has such a first
# candidate, of the 146 others none, so the weight is a choice and not a measurement.
_QUESTION_MET = 2.5
# Weights that are set, and around which the others are fitted.
SET_WEIGHTS = {
    "name_unknown": _NAME_UNKNOWN,
    "phrase_found": _PHRASE_FOUND,
    "question_met": _QUESTION_MET,
}


def fit_calibrator(ranker: Ranker, observed: Sequence[Observed]) -> Calibrator:
    """Fits the weights for one ranker's order and chooses the threshold for FALSE_ANSWERS."""
    rows, truth, counts = calibration_rows(ranker, observed)
    scale = np.maximum(rows.std(axis=0), 1e-9)
    spreads = dict(zip(QUESTION_FEATURE_NAMES, scale.tolist(), strict=True))
    given = {name: weight * spreads[name] for name, weight in SET_WEIGHTS.items()}
    *weights, bias = fit_logistic(rows / scale, truth, counts, given).tolist()
    found = dict(zip(QUESTION_FEATURE_NAMES, weights, strict=True))
    unscaled = {name: weight / spreads[name] for name, weight in found.items() if weight}
    calibrator = Calibrator(unscaled | SET_WEIGHTS, bias, 0.5, FALSE_ANSWERS)
    _, outside = probabilities(ranker, calibrator, observed)
    # Just above the quantile, so that of many equal probabilities none passes.
    threshold = float(np.nextafter(np.quantile(outside, 1 - FALSE_ANSWERS), 1))
    return replace(calibrator, threshold=threshold)


def fit_logistic(rows: Floats, truth: Floats, counts: Floats, given: Mapping[str, float]) -> Floats:
    """Fits a logistic regression in which no feature can speak against what it stands for.

    A free fit lets unknown words count *for* an answer where the files happen to have it so; with
    bounds such a weight is zero. The ridge penalty is 1/2 on scaled weights, and 0 on the bias.

    Args:
        rows: The features, scaled to a standard deviation of 1.
        truth: 1 where the first candidate answers, else 0.
        counts: How much each row weighs.
        given: Scaled weights that are set and not fitted, by name.

    Returns:
        A weight for each column, then the bias.
    """
    columns = np.column_stack([rows, np.ones(len(rows))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        chances = 1 / (1 + np.exp(-(columns @ weights)))
        likely = np.where(truth > 0, chances, 1 - chances)
        gradient = columns.T @ (counts * (chances - truth))
        gradient[:-1] += weights[:-1]
        penalty = float(weights[:-1] @ weights[:-1]) / 2
        return penalty - float(counts @ np.log(np.maximum(likely, 1e-12))), gradient

    bounds = [
        (given[name], given[name]) if name in given else sign_bounds(name)
        for name in QUESTION_FEATURE_NAMES
    ]
    start = np.zeros(len(QUESTION_FEATURE_NAMES) + 1)
    return minimise(loss, start, [*bounds, (None, None)])


def calibration_rows(ranker: Ranker, observed: Sequence[Observed]) -> tuple[Floats, Floats, Floats]:
    """Returns the features, the truth and the weight of each question that has candidates."""
    rows, truth, counts = [], [], []
    for each in observed:
        ranked, right = reranked(ranker, each)
        if ranked:
            rows.append(astuple(question_features(each.ranking.question, each.library, ranked)))
            truth.append(float(right))
            counts.append(each.weight)
    return np.array(rows), np.array(truth), np.array(counts)


def reranked(ranker: Ranker, each: Observed) -> tuple[list[RankedCandidate], bool]:
    """Returns a question's candidates in a ranker's order, and whether the first is right."""
    before = each.ranking.ranked
    ranked = ranker.order([one.candidate for one in before], [one.maxsim for one in before])
    return ranked, bool(ranked) and each.is_right(ranked[0].candidate)


def probability_of(ranker: Ranker, calibrator: Calibrator, each: Observed) -> float:
    """Returns the probability that the first candidate in a ranker's order answers."""
    ranked, _ = reranked(ranker, each)
    return calibrator.probability(each.ranking.question, each.library, ranked)


def probabilities(
    ranker: Ranker, calibrator: Calibrator, observed: Sequence[Observed]
) -> tuple[list[float], list[float]]:
    """Returns the probabilities of questions with their article in the library, and without it.

    Near misses are in neither list.
    """
    inside: list[float] = []
    outside: list[float] = []
    for each in observed:
        if not each.near_miss:
            probability = probability_of(ranker, calibrator, each)
            (inside if each.answerable else outside).append(probability)
    return inside, outside
