"""Orders the candidates of one question, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.features import FEATURE_NAMES, weighted_sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.candidates import Candidate

# The names that a weight may have: the candidate's features, and what late interaction adds.
RANK_FEATURES = (*FEATURE_NAMES, "maxsim")


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate in its place of the order.

    Attributes:
        candidate: The clipping and its features.
        maxsim: How well the question's words are met around it (`retrieval.late_interaction`).
        score: The weighted sum that the order follows.
    """

    candidate: Candidate
    maxsim: float
    score: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """A linear model that scores candidates, fitted by `retrieval.training.rank_fitting`.

    Attributes:
        weights: A weight for each name in RANK_FEATURES; a name that is missing weighs 0.
    """

    weights: Mapping[str, float]

    def first_order(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Orders candidates by their features alone, best first.

        Late interaction is slow, so it looks only at the first candidates of this order.
        """
        ranked = self.order(candidates, [0.0] * len(candidates))
        return [each.candidate for each in ranked]

    def order(
        self, candidates: Sequence[Candidate], maxsims: Sequence[float]
    ) -> list[RankedCandidate]:
        """Orders candidates by features and late interaction, best first.

        Args:
            candidates: In any order.
            maxsims: For each candidate the score of late interaction.

        Returns:
            Best first. Equal scores go by the passage's row, then by the place in the article.
        """
        scored = [
            RankedCandidate(
                candidate, maxsim, weighted_sum(self.weights, rank_values(candidate, maxsim))
            )
            for candidate, maxsim in zip(candidates, maxsims, strict=True)
        ]
        return sorted(
            scored,
            key=lambda each: (-each.score, each.candidate.hit.row, each.candidate.quote.start),
        )


def rank_values(candidate: Candidate, maxsim: float) -> dict[str, float]:
    """Returns what the score is summed over: a number for each name in RANK_FEATURES."""
    return candidate.features.by_name() | {"maxsim": maxsim}
