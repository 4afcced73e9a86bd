"""What the measurements count as right."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.training.measure import auroc, best_span, f1


def test_start_and_end_are_chosen_together_and_in_order() -> None:
    starts = np.array([0, 1, 0, 5], dtype=np.float32)
    ends = np.array([0, 6, 4, 0], dtype=np.float32)
    usable = np.array([False, True, True, True])
    assert best_span(starts, ends, usable) == ((1, 1), 7.0)
    usable[1] = False
    assert best_span(starts, ends, usable) == ((3, 3), 5.0)


def test_the_margin_is_counted_from_no_answer() -> None:
    starts, ends = np.array([3, 1], dtype=np.float32), np.array([2, 1], dtype=np.float32)
    assert best_span(starts, ends, np.array([False, True])) == ((1, 1), -3.0)


def test_words_in_common_are_counted_without_articles() -> None:
    assert f1("the big cat", "big cat") == 1.0
    assert f1("big dog", "big cat") == 0.5
    assert f1("dog", "cat") == 0.0


def test_scores_that_are_always_higher_part_perfectly_and_equal_ones_not_at_all() -> None:
    assert auroc([2.0, 3.0], [0.0, 1.0]) == 1.0
    assert auroc([1.0], [1.0]) == pytest.approx(0.5)
