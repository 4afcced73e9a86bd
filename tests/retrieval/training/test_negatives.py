"""A negative never holds the answer."""

from __future__ import annotations

import numpy as np

from retrieval.training.negatives import Floats, holds, mine, mine_all
from retrieval.training.questions import Paragraph, Question

OWN = Paragraph("wiki", "a", "A", "The dam is 40 m high.")
TWIN = Paragraph("wiki", "b", "B", "Another dam: 40 M, too.")
NEAR = Paragraph("wiki", "b", "B", "A dam of 140 metres.")
FAR = Paragraph("wiki", "c", "C", "Cats sleep.")
ASKED = Question("How high is the dam?", OWN, ((11, 15),))


def all_alike(asked: list[str], texts: list[str]) -> Floats:
    return np.ones((len(asked), len(texts)), dtype=np.float32)


def test_an_answer_is_recognised_whatever_its_case_and_marks() -> None:
    assert holds("It weighs 40 M.", ["40 m"])
    assert holds("the so-called “Big-Bang”", ["big bang"])


def test_an_answer_is_not_found_inside_a_longer_word() -> None:
    assert not holds("It weighs 140 metres.", ["40 m"])


def test_negatives_are_ranked_and_hold_neither_the_paragraph_nor_the_answer() -> None:
    likeness = np.array([[9.0, 8.0, 1.0, 7.0]], dtype=np.float32)
    assert mine([ASKED], [OWN, TWIN, FAR, NEAR], likeness) == [(3, 2)]


def test_an_unanswerable_questions_own_paragraph_is_not_mined() -> None:
    nobody = Question("Who built it?", OWN, ())
    assert mine([nobody], [OWN, FAR], np.ones((1, 2), dtype=np.float32)) == [(1,)]


def test_no_more_negatives_than_asked_for() -> None:
    likeness = np.array([[9.0, 8.0, 1.0, 7.0]], dtype=np.float32)
    assert mine([ASKED], [OWN, TWIN, FAR, NEAR], likeness, limit=1, away=0) == [(3,)]


def test_more_negatives_are_mined_from_other_articles() -> None:
    sister = Paragraph("wiki", "a", "A", "It was built of stone.")
    texts = [OWN, sister, NEAR, FAR]
    likeness = np.array([[9.0, 8.0, 7.0, 1.0]], dtype=np.float32)
    assert mine([ASKED], texts, likeness, limit=1, away=1) == [(1, 2)]
    assert mine([ASKED], texts, likeness, limit=2, away=1) == [(1, 2, 3)]


def test_equal_likeness_goes_by_position() -> None:
    likeness = np.ones((1, 3), dtype=np.float32)
    assert mine([ASKED], [FAR, NEAR, OWN], likeness) == [(0, 1)]


def test_negatives_come_from_the_questions_own_source() -> None:
    other = Question("Where do cats sleep?", Paragraph("reddit", "r", "", "On sofas."), ((3, 8),))
    near = Question("How high is the other dam?", NEAR, ((9, 19),))
    mined = mine_all([ASKED, other, near], all_alike)
    assert mined == [[NEAR], [], [OWN]]


def test_a_question_asked_of_every_text_has_no_hard_negatives() -> None:
    asked = [
        Question("Is my data sold?", Paragraph("policy_a", name, "", f"We do {name}."), ())
        for name in ("sell", "share")
    ]
    assert mine_all(asked, all_alike) == [[], []]
