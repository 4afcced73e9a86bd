"""Each measure agrees with a case that can be counted by hand."""

from __future__ import annotations

import pytest

from retrieval.evaluation.measures import (
    answered_at,
    auroc,
    calibration_error,
    exact_match,
    f1,
    reliability,
    risk_coverage,
)


def test_words_are_compared_without_case_marks_and_articles() -> None:
    assert exact_match("The Eiffel Tower.", ["eiffel tower"]) == 1.0
    assert exact_match("Tower", ["Eiffel Tower"]) == 0.0
    assert exact_match("Tower", []) == 0.0


def test_f1_is_taken_over_the_best_known_answer() -> None:
    # Two of three words found, two of two known: precision 2/3, recall 1.
    assert f1("tall Eiffel Tower", ["Eiffel Tower", "Paris"]) == pytest.approx(0.8)
    assert f1("London", ["Paris"]) == 0.0
    assert f1("anything", []) == 0.0


def test_a_repeated_word_counts_as_often_as_both_texts_have_it() -> None:
    assert f1("no no no", ["no"]) == pytest.approx(0.5)


def test_auroc_is_the_share_of_pairs_in_order_and_half_of_ties() -> None:
    assert auroc([3.0, 1.0], [2.0, 1.0]) == pytest.approx((1 + 1 + 0 + 0.5) / 4)
    assert auroc([2.0], [1.0]) == 1.0
    assert auroc([1.0], [2.0]) == 0.0


def test_answered_at_counts_the_scores_above_the_threshold_that_others_pass() -> None:
    others = [number / 100 for number in range(101)]
    assert answered_at([0.96, 0.94, 0.5, 0.99], others, 0.05) == 0.5
    assert answered_at([0.96, 0.94, 0.5, 0.99], others, 0.5) == 0.75


def test_calibration_error_is_the_mean_gap_of_its_bins() -> None:
    # Half says .9 and is right every time; half says .3 and is never right.
    assert calibration_error([0.9, 0.9, 0.3, 0.3], [True, True, False, False]) == pytest.approx(
        0.5 * 0.1 + 0.5 * 0.3
    )
    assert calibration_error([1.0, 0.0], [True, False]) == 0.0


def test_bins_without_anything_in_them_are_left_out() -> None:
    assert reliability([0.05, 1.0], [False, True]) == [(0.05, 0.0, 0.5), (1.0, 1.0, 0.5)]


def test_risk_is_the_wrong_share_of_the_questions_answered_so_far() -> None:
    coverage, risk = risk_coverage([0.2, 0.9, 0.5], [False, True, False])
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert risk.tolist() == pytest.approx([0.0, 1 / 2, 2 / 3])
