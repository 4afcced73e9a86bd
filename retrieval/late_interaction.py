"""Compares the words of a question with the words around a clipping: late interaction.

The vector of a whole passage blurs the words of a question into one, and the reader looks only for
words that could answer. Late interaction compares single words: every word of the question looks
for its nearest word around the clipping, or in the title, by the sentence encoder's vectors of
single tokens. This is MaxSim of ColBERT (Khattab and Zaharia, SIGIR 2020), as a mean instead of a
sum, over the words that the question is about. Only the last linear layer of the model, the
projection, is trained for it (`retrieval.training.projection`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from config.errors import ModelError
from index.models.weights import DEFAULT_MODEL
from index.passages.context import context_lines, read_text
from retrieval.models import SHIPPED
from retrieval.questions import subject_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.models.encoder import Encoder, TokenVectors
    from index.models.runtime import Floats
    from retrieval.candidates import Candidate
    from retrieval.questions import Question

# So many different contexts are compared, which takes half to two thirds of the time of reading.
# One more context takes 5 ms. Comparing all sixteen that a question has on average would gain
# little (held-out quote@1 .873, with eight .873, with six and with four .871).
RERANK_TOP_K = 6
# How much a cosine with a word of the title counts, against 1 for a word around the clipping: a
# title names what a sentence may leave out, but does so for every sentence of its article. Without
# titles held-out questions about encyclopaedias do as well (quote@1 .874, with 0.8 .873, with 1
# .869), but of the 24 planted news pairs marked `fit` (tests/quality) two get a sentence of another
# subject.
TITLE_WEIGHT = 0.8
# The file of the projection, in the folder of the shipped reader.
PROJECTION = "projection.npz"


def projection_for(encoder: str) -> Floats | None:
    """Returns the matrix that is applied to an encoder's token vectors, shape (dim, dim).

    Returns:
        The shipped matrix for the encoder that it was trained for. None for any other encoder: its
        vectors are compared as they are.

    Raises:
        ModelError: The file is missing or damaged.
    """
    if encoder != DEFAULT_MODEL:
        return None
    path = SHIPPED / PROJECTION
    try:
        # The file format has a checksum, which is tested while reading.
        with path.open("rb") as file, np.load(file) as arrays:
            projection: Floats = arrays["projection"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path} is missing or damaged: restore it.") from error
    return projection


def maxsim_scores(
    question: Question,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    *,
    top_k: int | None = RERANK_TOP_K,
    projection: Floats | None = None,
) -> list[float]:
    """Scores how well the question's words are met around each candidate.

    Args:
        question: What is asked.
        candidates: Best first, by what is known so far.
        encoder: Computes the token vectors.
        top_k: How many different contexts are compared; None for all. Candidates beyond them get
            the lowest score of those compared, so that they stay behind, in the order they had.
        projection: Applied to the token vectors first; None for none.

    Returns:
        A score between -1 and 1 for each candidate, in the same order.
    """
    compared = list(dict.fromkeys(map(_texts_around, candidates)))[:top_k]
    texts = list(dict.fromkeys(text for around in compared for text in around if text))
    asked, *found = encoder.token_vectors([question.text, *texts])
    words = projected(subject_vectors(question.text, asked), projection)
    cosines = {
        text: highest_cosines(words, projected(tokens.vectors, projection))
        for text, tokens in zip(texts, found, strict=True)
    }
    scores = {
        (context, title): _mean_cosine(cosines[context], cosines.get(title))
        for context, title in compared
    }
    lowest = min(scores.values(), default=0.0)
    return [scores.get(_texts_around(candidate), lowest) for candidate in candidates]


def highest_cosines(asked: Floats, found: Floats) -> Floats:
    """Returns for each token of one text its highest cosine with any token of another text.

    Args:
        asked: Vectors of length 1, shape (tokens, dim).
        found: Vectors of length 1 of the other text, shape (tokens, dim).

    Returns:
        Shape (tokens of `asked`,); 0 where the other text has no token.
    """
    if not len(found):
        return np.zeros(len(asked), dtype=np.float32)
    highest: Floats = np.max(asked @ found.T, axis=1)
    return highest


def projected(vectors: Floats, projection: Floats | None) -> Floats:
    """Returns the vectors multiplied by a projection and scaled to length 1 again."""
    if projection is None:
        return vectors
    turned = vectors @ projection.T
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    unit: Floats = turned / np.maximum(lengths, 1e-9)
    return unit


def subject_vectors(text: str, tokens: TokenVectors) -> Floats:
    """Returns the vectors of the words that a question is about, or of all its words if none is."""
    words = subject_words(text)
    kept = [any(first <= start < last for first, last in words) for start, _ in tokens.offsets]
    return tokens.vectors[kept] if any(kept) else tokens.vectors


def _mean_cosine(context: Floats, title: Floats | None) -> float:
    """Returns the mean over the question's words of the higher of context and weighted title."""
    best = context if title is None else np.maximum(context, TITLE_WEIGHT * title)
    return float(best.mean()) if len(best) else 0.0


def _texts_around(candidate: Candidate) -> tuple[str, str]:
    """Returns the context of a candidate, and its article's title with the headings above it."""
    title = candidate.context.article.title or ""
    lines = dict.fromkeys([title, *context_lines(candidate.context)])
    return read_text(candidate.context).text, "\n".join(lines)
