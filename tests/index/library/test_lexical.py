"""BM25 scores are those of Lucene, in small libraries as well."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.library.lexical import LexicalIndex

passages = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=8)


def lucene(library: list[list[str]], question: set[str], row: int) -> float:
    """BM25 as Lucene's BM25Similarity documents it, term by term."""
    lengths = [len(passage) for passage in library]
    average = sum(lengths) / len(lengths)
    score = 0.0
    for word in question:
        holding = sum(word in passage for passage in library)
        if not holding:
            continue
        idf = math.log(1 + (len(library) - holding + 0.5) / (holding + 0.5))
        often = Counter(library[row])[word]
        score += (
            idf * often * (1.2 + 1) / (often + 1.2 * (1 - 0.75 + 0.75 * lengths[row] / average))
        )
    return score


@given(library=passages, question=st.lists(st.sampled_from("abcxyz"), max_size=6))
def test_scores_are_lucenes(library: list[list[str]], question: list[str]) -> None:
    scores = LexicalIndex(library).scores(question)
    if any(library):
        expected = [lucene(library, set(question), row) for row in range(len(library))]
        np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-6)
    assert scores.shape == (len(library),)
    assert (scores >= 0).all()


def test_a_word_in_half_or_in_all_of_the_passages_has_weight() -> None:
    index = LexicalIndex([["nato", "aid"], ["nato", "plan"]])
    assert index.scores(["aid"])[0] > 0
    assert index.scores(["nato"])[1] > 0


def test_a_word_asked_twice_counts_once() -> None:
    index = LexicalIndex([["nato", "aid"], ["plan"], ["summit"]])
    np.testing.assert_array_equal(index.scores(["aid", "aid"]), index.scores(["aid"]))


def test_a_library_without_words_has_scores_of_zero() -> None:
    assert LexicalIndex([]).scores(["nato"]).shape == (0,)
    assert LexicalIndex([[], []]).scores(["nato"]).tolist() == [0.0, 0.0]
    assert LexicalIndex([]).best(["nato"], 5) == []


def test_only_passages_that_share_a_word_are_found_equal_scores_by_row() -> None:
    index = LexicalIndex([["aid"], ["plan"], ["aid"], ["aid", "aid"]])
    assert [row for row, _ in index.best(["aid"], 5)] == [3, 0, 2]
    assert [row for row, _ in index.best(["aid"], 2)] == [3, 0]


def test_a_word_that_no_passage_holds_has_the_highest_idf() -> None:
    index = LexicalIndex([["nato", "aid"], ["nato"], ["nato"]])
    assert index.idf("nato") < index.idf("aid") < index.idf("turkey")
    assert "aid" in index
    assert "turkey" not in index
