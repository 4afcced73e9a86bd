"""Measures of answers and of confidence, each with the definition it follows."""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_BINS = 10


def exact_match(found: str, answers: Sequence[str]) -> float:
    """Returns 1 if an answer has the words of a known answer, compared as by SQuAD's own script."""
    return float(any(_normal(found) == _normal(answer) for answer in answers))


def f1(found: str, answers: Sequence[str]) -> float:
    """Returns the best harmonic mean of precision and recall over words (Rajpurkar et al. 2016).

    Words are compared as by SQuAD's own script: without capitals, marks and articles.
    """
    return max(
        (_f1(_normal(found).split(), _normal(each).split()) for each in answers), default=0.0
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Returns how often a positive's score is above a negative's; ties count half.

    This is Mann-Whitney's U divided by the number of pairs; nan if one of the lists is empty.
    """
    if not positive or not negative:
        return float("nan")
    high, low = np.asarray(positive), np.sort(np.asarray(negative))
    below = np.searchsorted(low, high, side="left")
    equal = np.searchsorted(low, high, side="right") - below
    return float((below + equal / 2).sum() / (len(high) * len(low)))


def answered_at(answerable: Sequence[float], unanswerable: Sequence[float], rate: float) -> float:
    """Returns the share of answerable questions above the threshold.

    The threshold is the score that `rate` of the unanswerable questions pass.
    """
    threshold = float(np.quantile(np.asarray(unanswerable), 1 - rate))
    return float((np.asarray(answerable) > threshold).mean())


def calibration_error(probabilities: Sequence[float], right: Sequence[bool]) -> float:
    """Returns the expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    rows = reliability(probabilities, right)
    return float(sum(share * abs(mean - rate) for mean, rate, share in rows))


def reliability(
    probabilities: Sequence[float], right: Sequence[bool]
) -> list[tuple[float, float, float]]:
    """Returns for each bin that is not empty (mean probability, share right, share of all)."""
    values, truth = np.asarray(probabilities, dtype=float), np.asarray(right, dtype=float)
    bins = np.minimum((values * _BINS).astype(int), _BINS - 1)
    return [
        (float(values[bins == b].mean()), float(truth[bins == b].mean()), float((bins == b).mean()))
        for b in range(_BINS)
        if (bins == b).any()
    ]


def risk_coverage(probabilities: Sequence[float], right: Sequence[bool]) -> tuple[Floats, Floats]:
    """Returns coverage and risk as the threshold falls.

    Coverage is the share of questions answered, risk the wrong share of these answers.
    """
    order = np.argsort(-np.asarray(probabilities), kind="stable")
    wrong = np.cumsum(1.0 - np.asarray(right, dtype=float)[order])
    count = np.arange(1, len(order) + 1)
    return count / len(order), wrong / count


def _f1(found: list[str], answer: list[str]) -> float:
    shared = sum((Counter(found) & Counter(answer)).values())
    if not shared:
        return float(found == answer)
    precision, recall = shared / len(found), shared / len(answer)
    return 2 * precision * recall / (precision + recall)


def _normal(text: str) -> str:
    text = "".join(char for char in text.lower() if char not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", text).split())
