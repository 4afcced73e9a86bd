"""Finds the passages most likely to answer a question, by words and by meaning."""

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
# A passage's score is BM25 / best BM25 of the question + DENSE_WEIGHT * cosine. The weight was
# fitted on the training files for passage@1; between 3 and 4 it hardly matters.
DENSE_WEIGHT = 3.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer the question.

    Attributes:
        row: The passage's row in the library.
        passage: The passage.
        score: By words and by meaning: `lexical` + DENSE_WEIGHT * `dense`.
        lexical: BM25 divided by the best passage's BM25 for this question, 0 to 1.
        dense: The mean of the passage's own cosine and that of its best sentence, -1 to 1.
        sentences: The passage's sentences, in order.
        sentence_cosines: The cosine of each sentence with the question.
    """

    row: int
    passage: Passage
    score: float
    lexical: float
    dense: float
    sentences: tuple[Sentence, ...]
    sentence_cosines: tuple[float, ...]


def search(
    library: Library,
    text: str,
    stems: Sequence[str],
    *,
    limit: int,
    within: frozenset[int] | None = None,
) -> list[Hit]:
    """Finds the passages nearest to a question.

    Args:
        library: Where to look.
        text: The question, for its meaning.
        stems: The stems of its words, for BM25.
        limit: How many passages to return at most.
        within: Only these rows may be found; None for all.

    Returns:
        Best first, equal scores by row.
    """
    if not library.passages:
        return []
    query = library.encoder.encode([text])[0]
    bm25 = library.lexical.scores(stems)
    nearest = dict(library.dense.nearest(query, CANDIDATES))
    rows = sorted({*nearest, *(row for row, _ in library.lexical.best(stems, CANDIDATES))})
    if within is not None:
        rows = sorted(within)
    cosines = library.dense.vectors(rows) @ query
    best_bm25 = max(float(bm25.max()), 1e-9)
    hits = [
        _hit(library, row, query, cosine=float(cosine), lexical=float(bm25[row]) / best_bm25)
        for row, cosine in zip(rows, cosines, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.row))[:limit]


def _hit(library: Library, row: int, query: Floats, *, cosine: float, lexical: float) -> Hit:
    rows = library.sentence_rows(row)
    sentence_cosines = library.sentence_vectors[rows.start : rows.stop].astype(np.float32) @ query
    dense = (cosine + float(sentence_cosines.max())) / 2
    return Hit(
        row=row,
        passage=library.passages[row],
        score=lexical + DENSE_WEIGHT * dense,
        lexical=lexical,
        dense=dense,
        sentences=library.sentences[rows.start : rows.stop],
        sentence_cosines=tuple(sentence_cosines.tolist()),
    )
