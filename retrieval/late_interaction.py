"""How well each word of a question is met near a clipping: late interaction.

A passage's vector blurs a question's words into one, and the reader looks only for what could
answer. Here every word of the question looks for its nearest word around the clipping, or in the
title, with the sentence encoder's states of single tokens. "MaxSim" of ColBERT (Khattab and
Zaharia, SIGIR 2020), as a mean, over the words that the question is about. Of the model only the
last linear layer, the projection, is trained for it (`retrieval.training.projection`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from config.errors import ModelError
from index.models.weights import DEFAULT_MODEL
from retrieval.candidates import FEATURES
from retrieval.models import SHIPPED
from retrieval.questions import subject_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.models.encoder import Encoder, TokenVectors
    from index.models.runtime import Floats
    from retrieval.candidates import Candidate
    from retrieval.questions import Question

# So many different clippings are compared, which takes half to two thirds of the time of reading.
# Each one more takes 5 ms; comparing all sixteen that a question has in the mean would gain little
# (held-out quote@1 .873, with eight .873, with six and with four .871).
MOST_COMPARED = 6
# What a word's nearest in the title counts, against the nearest around the clipping: a title names
# what a sentence may leave out, but does so for every sentence of its article. Without titles
# held-out questions about encyclopaedias do as well (quote@1 .874, with 0.8 .873, with 1 .869), but
# of the 24 planted news pairs marked `fit` (tests/quality) two get a sentence of another subject.
TITLE_WEIGHT = 0.8
# One of the files that lie beside the reader's.
PROJECTION = "projection.npz"
_ALIGNED = FEATURES.index("aligned")


def projection_for(encoder: str) -> Floats | None:
    """The matrix that turns an encoder's states before they are compared, shape (dim, dim).

    Returns:
        The shipped one for the encoder it was trained for, None for any other: its states are
        compared as they are.

    Raises:
        ModelError: The file is missing or damaged.
    """
    if encoder != DEFAULT_MODEL:
        return None
    path = SHIPPED / PROJECTION
    try:
        # Such a file carries a checksum, which reading tests.
        with path.open("rb") as file, np.load(file) as arrays:
            projection: Floats = arrays["projection"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path} is missing or damaged: restore it.") from error
    return projection


def with_alignment(
    question: Question,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    *,
    most: int | None = MOST_COMPARED,
    projection: Floats | None = None,
) -> list[Candidate]:
    """Set "aligned" (-1 to 1) in the features of candidates.

    Args:
        question: What is asked.
        candidates: Best first, as far as one can tell so far.
        encoder: Of which the states are.
        most: How many different texts are compared; None for all. Candidates beyond them count as
            aligned as the worst of them, so that they stay behind in the order they had.
        projection: Turns the states first, if there is one.

    Returns:
        The candidates in the same order.
    """
    compared = list(dict.fromkeys(map(_place, candidates)))[:most]
    texts = list(dict.fromkeys(text for place in compared for text in place if text))
    asked, *found = encoder.token_vectors([question.text, *texts])
    words = projected(about(question.text, asked), projection)
    met = {
        text: nearest(words, projected(its.vectors, projection))
        for text, its in zip(texts, found, strict=True)
    }
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


def projected(vectors: Floats, projection: Floats | None) -> Floats:
    """Vectors turned by a projection, of length 1 again."""
    if projection is None:
        return vectors
    turned = vectors @ projection.T
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    unit: Floats = turned / np.maximum(lengths, 1e-9)
    return unit


def _score(near: Floats, title: Floats | None) -> float:
    """The mean over the question's words, each met around the clipping or in its title."""
    met = near if title is None else np.maximum(near, TITLE_WEIGHT * title)
    return float(met.mean()) if len(met) else 0.0


def _place(candidate: Candidate) -> tuple[str, str]:
    """What stands around a clipping, and its title."""
    return candidate.near.text, candidate.near.article.title or ""


def about(text: str, states: TokenVectors) -> Floats:
    """The vectors of the words that a question is about; of all its words if there are none."""
    words = subject_words(text)
    kept = [any(first <= start < last for first, last in words) for start, _ in states.offsets]
    return states.vectors[kept] if any(kept) else states.vectors


def _with(candidate: Candidate, score: float) -> Candidate:
    features = list(candidate.features)
    features[_ALIGNED] = score
    return replace(candidate, features=tuple(features))
