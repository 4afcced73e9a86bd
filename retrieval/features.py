"""What speaks for a candidate, as numbers that a linear model weighs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Features:
    """What is known about one candidate before its words are compared with the question's.

    Attributes:
        margin: How much the reader prefers these words to "no answer here", between -15 and 15; 0
            without a reader.
        dense: The passage's nearness in meaning (`Hit.dense`), -1 to 1.
        lexical: The passage's share of the best BM25 score (`Hit.lexical`), 0 to 1.
        sentence: The highest cosine of the clipping's sentences with the question, -1 to 1.
        context_share: The share of the question's words, weighed by idf, that stand in the
            clipping, in the sentence on either side or in the title: 0 to 1.
        fits: 1 if the answer is of the kind that the question asks for.
        misfits: 1 if the answer is not of that kind. Both are 0 where nothing can be said.
        boilerplate: 1 if the clipping is made of lines that a page prints around its article.
        heading_share: The share of the question's words, weighed by idf, that stand in the
            headings above the clipping without the title, or in the lead-in, header or question
            that it belongs to: 0 to 1.
        form_fit: 1 if all items of a list are asked for and the clipping is one of them, or if code
            is asked for and the clipping is code.
    """

    margin: float
    dense: float
    lexical: float
    sentence: float
    context_share: float
    fits: float
    misfits: float
    boilerplate: float
    heading_share: float = 0.0
    form_fit: float = 0.0

    def by_name(self) -> dict[str, float]:
        """Returns the numbers by name, in the order of the fields."""
        return {name: getattr(self, name) for name in FEATURE_NAMES}


FEATURE_NAMES = tuple(field.name for field in fields(Features))


def weighted_sum(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """Returns the weighted sum of named numbers. A name without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in values.items())
