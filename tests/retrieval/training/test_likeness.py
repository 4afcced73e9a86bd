"""Similarity in words ranks as BM25 does."""

from __future__ import annotations

import pytest

from retrieval.training.likeness import bm25

TEXTS = ["the red dam", "the red house", "the cat", "the dog of the house"]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    (scores,) = bm25(["the dam"], TEXTS)
    assert scores.argmax() == 0
    assert scores.min() > 0


def test_a_text_that_shares_no_word_has_no_score() -> None:
    (scores,) = bm25(["red red"], TEXTS)
    assert scores[2:].tolist() == [0, 0]
    assert scores[0] == scores[1] == pytest.approx(bm25(["red"], TEXTS)[0][0])


def test_a_question_of_unknown_words_scores_nothing() -> None:
    assert not bm25(["zebra"], TEXTS).any()


def test_one_match_scores_as_lucenes_formula_says() -> None:
    # idf ln(1 + 3.5/1.5), tf 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3/3.25))
    assert bm25(["dam"], TEXTS)[0][0] == pytest.approx(1.20397 * 2.2 / 2.13077, rel=1e-4)
