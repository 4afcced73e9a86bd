"""Search by words: BM25 with Lucene's idf, with rank_bm25."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.models.runtime import Floats

# The defaults of Lucene, and so of the search engines built on it.
K1, B = 1.2, 0.75


class _LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """BM25Okapi of rank_bm25 with the idf of Lucene, which is never negative.

    idf(word) = ln(1 + (N - df + 0.5) / (df + 0.5)), from Lucene's BM25Similarity. Okapi's own idf
    gives a word in exactly half of the passages no weight, and a more frequent word a negative one.
    """

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {
            word: float(np.log1p((self.corpus_size - count + 0.5) / (count + 0.5)))
            for word, count in nd.items()
        }


class LexicalIndex:
    """The words of passages."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        """Indexes the words of each passage, as `index.passages.words.words` returns them."""
        self._size = len(passages)
        # rank_bm25 divides by the mean number of words, which is zero for a library without words.
        self._bm25 = _LuceneBM25(passages, k1=K1, b=B) if any(passages) else None

    def __len__(self) -> int:
        return self._size

    def scores(self, question: Sequence[str]) -> Floats:
        """Returns the BM25 score of every passage, shape (rows,).

        A word that stands in the question twice counts once.
        """
        if self._bm25 is None:
            return np.zeros(self._size, dtype=np.float32)
        scores: Floats = self._bm25.get_scores(list(dict.fromkeys(question))).astype(np.float32)
        return scores

    def idf(self, word: str) -> float:
        """Returns the idf of a word; a word in no passage has the highest: ln(1 + (N+0.5)/0.5)."""
        highest = float(np.log1p((self._size + 0.5) / 0.5))
        return float(self._bm25.idf.get(word, highest)) if self._bm25 else highest

    def __contains__(self, word: str) -> bool:
        return self._bm25 is not None and word in self._bm25.idf

    def best(self, question: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Finds the passages that share words with the question.

        Returns:
            (row, BM25 score) pairs, best first, equal scores by row, at most `limit`.
        """
        scores = self.scores(question)
        rows = np.lexsort((np.arange(self._size), -scores))[:limit]
        return [(int(row), float(scores[row])) for row in rows if scores[row] > 0]
