"""How well each word of a question is met near a clipping: late interaction.

A passage's vector blurs a question's words into one, and the reader looks only for what could
answer. Here every word of the question looks for its nearest word around the clipping, with the
sentence encoder's states of single tokens, or in the title. "MaxSim" of ColBERT (Khattab and
Zaharia, SIGIR 2020), as a mean, over the words that the question is about, and with an encoder that
was not trained for it.
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

# So many different clippings are compared, which takes half to two thirds of the time of reading.
# Comparing all sixteen that a question has in the mean gains nothing (held-out quote@1 .870, .871).
MOST_COMPARED = 6
# What a word's nearest in the title counts, against the nearest around the clipping: a title names
# what a sentence may leave out, but does so for every sentence of its article. Without titles
# held-out questions about encyclopaedias do as well (quote@1 .870, with 0.8 .869, with 1 .866), but
# of the 24 planted news pairs marked `fit` (tests/quality) two get a sentence of another subject.
TITLE_WEIGHT = 0.8
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
    compared = list(dict.fromkeys(map(_place, candidates)))[:most]
    texts = list(dict.fromkeys(text for place in compared for text in place if text))
    asked, *found = encoder.states([question.text, *texts])
    about = _about(question.text, asked)
    met = {text: nearest(about, its.vectors) for text, its in zip(texts, found, strict=True)}
    scores = {place: _score(met[place[0]], met.get(place[1])) for place in compared}
    worst = min(scores.values(), default=0.0)
    return [_with(candidate, scores.get(_place(candidate), worst)) for candidate in candidates]


def nearest(asked: Floats, found: Floats) -> Floats:
    """For each token of one text, the highest cosine with any token of the other.

    Args:
        asked: Vectors of length 1, shape (tokens, dim).
        found: Likewise, of the other text.
    """
    if not len(found):
        return np.zeros(len(asked), dtype=np.float32)
    highest: Floats = np.max(asked @ found.T, axis=1)
    return highest


def _score(near: Floats, title: Floats | None) -> float:
    """The mean over the question's words, each met around the clipping or in its title."""
    met = near if title is None else np.maximum(near, TITLE_WEIGHT * title)
    return float(met.mean()) if len(met) else 0.0


def _place(candidate: Candidate) -> tuple[str, str]:
    """What stands around a clipping, and its title."""
    return candidate.near.text, candidate.near.article.title or ""


def _about(text: str, states: States) -> Floats:
    """The vectors of the words that a question is about; of all its words if there are none."""
    words = subject_words(text)
    kept = [any(first <= start < last for first, last in words) for start, _ in states.offsets]
    return states.vectors[kept] if any(kept) else states.vectors


def _with(candidate: Candidate, score: float) -> Candidate:
    features = list(candidate.features)
    features[_ALIGNED] = score
    return replace(candidate, features=tuple(features))
