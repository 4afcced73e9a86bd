"""A search ranks passages by words and by meaning."""

from __future__ import annotations

import numpy as np
import pytest

from index.passages.words import words
from retrieval.search import DENSE_WEIGHT, Hit, search
from tests.fakes import library_of

BRIDGE = "The old bridge was opened in May. It is made of stone."
TUNNEL = "The new tunnel was opened in June. Trains use it."
FERRY = "Nobody takes the ferry any longer."
LIBRARY = library_of(BRIDGE, TUNNEL, FERRY)


def ask(text: str, limit: int = 5) -> list[Hit]:
    return search(LIBRARY, text, words(text), limit=limit)


def test_the_passage_with_the_words_of_the_question_comes_first() -> None:
    assert ask("When was the tunnel opened?")[0].passage.text == TUNNEL
    assert [hit.row for hit in ask("ferry", limit=1)] == [2]


def test_a_hits_numbers_are_as_documented() -> None:
    query = LIBRARY.encoder.encode(["tunnel opened"])[0]
    best, second, *_ = ask("tunnel opened")
    for hit in (best, second):
        cosines = LIBRARY.sentence_vectors[list(LIBRARY.sentence_rows(hit.row))] @ query
        assert hit.sentence_cosines == pytest.approx(cosines.tolist(), abs=1e-3)
        own = float(LIBRARY.dense.vectors([hit.row])[0] @ query)
        assert hit.dense == pytest.approx((own + max(cosines)) / 2, abs=1e-3)
        assert hit.score == pytest.approx(hit.lexical + DENSE_WEIGHT * hit.dense)
    assert best.lexical == 1.0
    bm25 = LIBRARY.lexical.scores(words("tunnel opened"))
    assert second.lexical == pytest.approx(bm25[second.row] / bm25[best.row])


def test_a_question_without_a_known_word_still_has_its_nearest_passages() -> None:
    hits = ask("giraffes")
    assert [hit.lexical for hit in hits] == [0.0, 0.0, 0.0]
    assert all(np.isfinite(hit.score) for hit in hits)


def test_equal_passages_come_by_row() -> None:
    twins = library_of(BRIDGE, FERRY, BRIDGE, BRIDGE)
    hits = search(twins, "bridge", words("bridge"), limit=3)
    assert [hit.row for hit in hits] == [0, 2, 3]


def test_only_the_rows_that_may_be_found_are_found() -> None:
    hits = search(LIBRARY, "bridge", words("bridge"), limit=5, within=frozenset({1}))
    assert [hit.row for hit in hits] == [1]
    assert search(LIBRARY, "bridge", words("bridge"), limit=5, within=frozenset()) == []
