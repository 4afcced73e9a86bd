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
    """1 if an answer's words equal a known answer's, as SQuAD's own script compares them."""
    return float(any(_normal(found) == _normal(answer) for answer in answers))


def f1(found: str, answers: Sequence[str]) -> float:
    """The best harmonic mean of precision and recall over words (Rajpurkar et al. 2016)."""
    return max(
        (_f1(_normal(found).split(), _normal(each).split()) for each in answers), default=0.0
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a positive's score is above a negative's; ties count half (Mann-Whitney U)."""
    if not positive or not negative:
        return float("nan")
    high, low = np.asarray(positive), np.sort(np.asarray(negative))
    below = np.searchsorted(low, high, side="left")
    equal = np.searchsorted(low, high, side="right") - below
    return float((below + equal / 2).sum() / (len(high) * len(low)))


def answered_at(answerable: Sequence[float], unanswerable: Sequence[float], rate: float) -> float:
    """The share of answerable questions above the threshold that `rate` of the others pass."""
    threshold = float(np.quantile(np.asarray(unanswerable), 1 - rate))
    return float((np.asarray(answerable) > threshold).mean())


def calibration_error(probabilities: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    rows = reliability(probabilities, right)
    return float(sum(share * abs(mean - rate) for mean, rate, share in rows))


def reliability(
    probabilities: Sequence[float], right: Sequence[bool]
) -> list[tuple[float, float, float]]:
    """For each bin that is not empty: (mean probability, share right, share of all)."""
    values, truth = np.asarray(probabilities, dtype=float), np.asarray(right, dtype=float)
    bins = np.minimum((values * _BINS).astype(int), _BINS - 1)
    return [
        (float(values[bins == b].mean()), float(truth[bins == b].mean()), float((bins == b).mean()))
        for b in range(_BINS)
        if (bins == b).any()
    ]


def risk_coverage(probabilities: Sequence[float], right: Sequence[bool]) -> tuple[Floats, Floats]:
    """Coverage and risk as the threshold falls: the share answered, and the wrong share of it."""
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
