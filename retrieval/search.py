"""From a question to the passages most likely to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.spans import Passage, Sentence
    from index.library.library import Library
    from index.models.runtime import Floats

# How many passages each of the two indexes proposes.
CANDIDATES = 50
# Fused score = BM25 / best BM25 of the question + DENSE_WEIGHT * cosine. Fitted on the training
# files for passage@1; between 3 and 4 it hardly matters.
DENSE_WEIGHT = 3.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer the question.

    Attributes:
        row: The passage's row in the library.
        score: Words and meaning together: `lexical` + DENSE_WEIGHT * `dense`.
        lexical: BM25 as a share of the best passage's for this question, 0 to 1.
        bm25: BM25 as it is.
        dense: The mean of the passage's own cosine and that of its best sentence, -1 to 1.
        sentence_cosines: The cosine of each of its sentences, in order.
    """

    row: int
    passage: Passage
    score: float
    lexical: float
    bm25: float
    dense: float
    sentences: tuple[Sentence, ...]
    sentence_cosines: tuple[float, ...]


def search(
    library: Library,
    text: str,
    question_words: Sequence[str],
    *,
    limit: int,
    within: frozenset[int] | None = None,
) -> list[Hit]:
    """Find the passages nearest to a question by words and by meaning.

    Args:
        library: Where to look.
        text: The question, for its meaning.
        question_words: Its stems, for BM25.
        limit: How many to return at most.
        within: Only these rows may be found; None for all.

    Returns:
        Best first, equal scores by row.
    """
    if not library.passages:
        return []
    query = library.encoder.encode([text])[0]
    bm25 = library.lexical.scores(question_words)
    near = dict(library.dense.nearest(query, CANDIDATES))
    rows = sorted({*near, *(row for row, _ in library.lexical.best(question_words, CANDIDATES))})
    if within is not None:
        rows = sorted(within)
    cosines = library.dense.vectors(rows) @ query
    best_bm25 = max(float(bm25.max()), 1e-9)
    hits = [
        _hit(library, row, float(cosine), query, float(bm25[row]), best_bm25)
        for row, cosine in zip(rows, cosines, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.row))[:limit]


def _hit(
    library: Library, row: int, cosine: float, query: Floats, bm25: float, best_bm25: float
) -> Hit:
    rows = library.sentence_rows(row)
    near = library.sentence_vectors[rows.start : rows.stop].astype(np.float32) @ query
    dense = (cosine + float(near.max())) / 2
    lexical = bm25 / best_bm25
    return Hit(
        row=row,
        passage=library.passages[row],
        score=lexical + DENSE_WEIGHT * dense,
        lexical=lexical,
        bm25=bm25,
        dense=dense,
        sentences=library.sentences[rows.start : rows.stop],
        sentence_cosines=tuple(near.tolist()),
    )
