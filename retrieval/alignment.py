"""How well each word of a question is met near a clipping: late interaction.

A passage's vector blurs a question's words into one, and the reader looks only for what could
answer. Here every word of the question looks for its nearest word around the clipping, with the
sentence encoder's states of single tokens. "MaxSim" of ColBERT (Khattab and Zaharia, SIGIR 2020),
as a mean, over the words that the question is about, and with an encoder that was not trained for
it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval.candidates import FEATURES
from retrieval.questions import subject_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder import Encoder, States
    from index.runtime import Floats
    from retrieval.candidates import Candidate
    from retrieval.questions import Question

# So many different clippings are compared, which takes about half as long as reading ten passages.
# Comparing all sixteen that a question has in the mean gains nothing (held-out quote@1 .870, .871).
MOST_COMPARED = 6
_ALIGNED = FEATURES.index("aligned")


def with_alignment(
    question: Question,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    *,
    most: int | None = MOST_COMPARED,
) -> list[Candidate]:
    """Set "aligned" (-1 to 1) in the features of candidates.

    Args:
        question: What is asked.
        candidates: Best first, as far as one can tell so far.
        encoder: Of which the states are.
        most: How many different texts are compared; None for all. Candidates beyond them count as
            aligned as the worst of them, so that they stay behind in the order they had.

    Returns:
        The candidates in the same order.
    """
    texts = list(dict.fromkeys(candidate.near.text for candidate in candidates))[:most]
    asked, *found = encoder.states([question.text, *texts])
    about = _about(question.text, asked)
    scores = {text: alignment(about, its.vectors) for text, its in zip(texts, found, strict=True)}
    worst = min(scores.values(), default=0.0)
    return [_with(candidate, scores.get(candidate.near.text, worst)) for candidate in candidates]


def alignment(asked: Floats, found: Floats) -> float:
    """The mean over one text's tokens of the highest cosine with any token of the other.

    Args:
        asked: Vectors of length 1, shape (tokens, dim).
        found: Likewise, of the other text.
    """
    if not len(asked) or not len(found):
        return 0.0
    return float(np.mean(np.max(asked @ found.T, axis=1)))


def _about(text: str, states: States) -> Floats:
    """The vectors of the words that a question is about; of all its words if there are none."""
    words = subject_words(text)
    kept = [any(first <= start < last for first, last in words) for start, _ in states.offsets]
    return states.vectors[kept] if any(kept) else states.vectors


def _with(candidate: Candidate, score: float) -> Candidate:
    features = list(candidate.features)
    features[_ALIGNED] = score
    return replace(candidate, features=tuple(features))
