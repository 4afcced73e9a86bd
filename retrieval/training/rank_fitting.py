"""Fits the ranker: weights that put a right candidate first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.ranker import RANK_FEATURES, Ranker, rank_values
from retrieval.training.minimise import minimise, sign_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.training.observing import Observed

Floats = npt.NDArray[np.float64]
# The features of a question's candidates (candidates, features), and which candidates are right.
Table = tuple[Floats, npt.NDArray[np.bool_]]

# The training files have no lines of a page around an article, no headings and no lists, so these
# weights are set and not fitted on them.
# Lines of the page around an article win only where no prose comes near: this weighs more than all
# words of the question together.
# The other two were fitted, with all other weights fixed, on tests/quality/handbook.jsonl and
# tests/quality/folders.jsonl: leaving out one folder at a time, the first clipping is right for 228
# instead of 223 of 292 questions.
SET_WEIGHTS = {"boilerplate": -3.0, "heading_share": 1.7, "form_fit": 3.2}
FITTED_FEATURES = tuple(name for name in RANK_FEATURES if name not in SET_WEIGHTS)
# Ridge penalty of the weights, for each question.
_PENALTY = 1e-3


def fit_ranker(observed: Sequence[Observed]) -> Ranker:
    """Fits a conditional logit: the right candidates of a question against its other candidates.

    No feature can speak against what it stands for. Without that bound "context_share" would, since
    "maxsim" says the same and more.
    """
    tables = [table for each in observed if (table := _table(each))[1].any() and not table[1].all()]
    stacked = np.concatenate([features for features, _ in tables])
    scale = np.maximum(stacked.std(axis=0), 1e-9)
    scaled = [(features / scale, rights) for features, rights in tables]
    found = minimise(
        lambda weights: _loss(weights, scaled),
        np.zeros(len(FITTED_FEATURES)),
        [sign_bounds(name) for name in FITTED_FEATURES],
    )
    weights = dict(zip(FITTED_FEATURES, (found / scale).tolist(), strict=True))
    return Ranker(weights | SET_WEIGHTS)


def _table(each: Observed) -> Table:
    values = [rank_values(one.candidate, one.maxsim) for one in each.ranking.ranked]
    rights = [each.is_right(one.candidate) for one in each.ranking.ranked]
    features = [[row[name] for name in FITTED_FEATURES] for row in values]
    return np.array(features), np.array(rights, dtype=bool)


def _loss(weights: Floats, tables: Sequence[Table]) -> tuple[float, Floats]:
    """Returns the negative log likelihood with the penalty, and its gradient."""
    total = _PENALTY * len(tables) * float(weights @ weights)
    gradient = 2 * _PENALTY * len(tables) * weights
    for features, rights in tables:
        scores = features @ weights
        every = np.exp(scores - scores.max())
        right = every * rights
        total -= float(np.log(right.sum() / every.sum()))
        gradient += features.T @ (every / every.sum() - right / right.sum())
    return total, gradient
