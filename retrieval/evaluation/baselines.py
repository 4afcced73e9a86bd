"""Plain searches to compare the answers with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from index.documents.spans import Quote
from index.passages.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.library.library import Library
    from index.models.runtime import Floats
    from retrieval.evaluation.gold import Gold

# Reciprocal-rank fusion's constant, from Cormack, Clarke and Büttcher 2009.
RRF_CONSTANT = 60
# How many passages of each search are fused.
FUSED_PASSAGES = 100


def baselines(library: Library, questions: Sequence[Gold]) -> dict[str, float]:
    """Returns quote@1 of three plain searches, which show their best passage's nearest sentence."""
    right: dict[str, int] = defaultdict(int)
    for gold in questions:
        query = library.encoder.encode([gold.text])[0]
        by_words = [row for row, _ in library.lexical.best(words(gold.text), FUSED_PASSAGES)]
        by_meaning = [row for row, _ in library.dense.nearest(query, FUSED_PASSAGES)]
        orders = {
            "BM25": by_words,
            "vectors": by_meaning,
            "reciprocal-rank fusion": fused(by_words, by_meaning),
        }
        for name, rows in orders.items():
            right[name] += bool(rows) and gold.is_right(_nearest_sentence(library, rows[0], query))
    return {name: count / len(questions) for name, count in right.items()}


def fused(*orders: Sequence[int]) -> list[int]:
    """Returns the reciprocal-rank fusion of several orders of rows, best first, ties by row."""
    scores: dict[int, float] = defaultdict(float)
    for order in orders:
        for rank, row in enumerate(order, start=1):
            scores[row] += 1 / (RRF_CONSTANT + rank)
    return sorted(scores, key=lambda row: (-scores[row], row))


def _nearest_sentence(library: Library, row: int, query: Floats) -> Quote:
    rows = library.sentence_rows(row)
    cosines = library.sentence_vectors[rows.start : rows.stop].astype(np.float32) @ query
    sentence = library.sentences[rows[int(cosines.argmax())]]
    return Quote(sentence.article, sentence.start, sentence.end)
