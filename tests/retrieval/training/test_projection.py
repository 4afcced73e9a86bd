"""The projection learns, from the right texts, what is compared when a question is asked."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from retrieval.late_interaction import highest_cosines, projected
from retrieval.training.examples import Pool
from retrieval.training.negatives import holds
from retrieval.training.projection import (
    Comparison,
    around,
    comparison,
    comparisons,
    learn_projection,
    maxsim,
    token_vectors_of,
)
from retrieval.training.questions import Paragraph, Question
from retrieval.training.windows import sentences
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from index.models.runtime import Floats

TEXT = "It was small. Bread was sold. Oslo is the seat. Trains go there. Ships do not. It rains."
SEAT = Question("What is the seat?", Paragraph("wiki", "n", "Norway", TEXT), ((30, 34),))
OTHER = Paragraph("wiki", "r", "Rome", "Rome is a seat. It is warm. Oslo is not.")


def pool(*questions: Question) -> Pool:
    return Pool(questions, tuple((OTHER,) for _ in questions))


def test_a_sentence_is_cut_out_with_its_neighbours() -> None:
    cuts = sentences(TEXT)
    assert around(TEXT, cuts, 2, 2) == "Bread was sold. Oslo is the seat. Trains go there."
    assert around(TEXT, cuts, 0, 0) == "It was small. Bread was sold."
    assert around(TEXT, cuts, 4, 5) == "Trains go there. Ships do not. It rains."


def test_only_the_right_text_is_around_the_answer() -> None:
    rng = random.Random(0)  # noqa: S311  -- repeatable on purpose
    for _ in range(30):
        made = comparison(SEAT, [OTHER], rng)
        assert made.right == "Bread was sold. Oslo is the seat. Trains go there."
        assert made.right not in made.wrong
        strange = [text for text in made.wrong if text in OTHER.text]
        assert not any(holds(text, ["Oslo"]) for text in strange)
        assert len(made.wrong) - len(strange) == 2
        assert made.weight == 2


def test_an_answer_over_two_sentences_has_both() -> None:
    both = replace(SEAT, answers=((30, 60),))
    made = comparison(both, [], random.Random(0))  # noqa: S311  -- repeatable on purpose
    assert made.right == "Bread was sold. Oslo is the seat. Trains go there. Ships do not."
    only = replace(both, paragraph=replace(both.paragraph, text=TEXT[30:64]), answers=((0, 30),))
    assert comparison(only, [], random.Random(0)).wrong == ()  # noqa: S311  -- likewise


def test_questions_without_answer_or_of_generic_sources_teach_nothing() -> None:
    nobody = replace(SEAT, answers=())
    policy = replace(SEAT, paragraph=replace(SEAT.paragraph, source="policy_a"))
    alone = Question("Where?", Paragraph("wiki", "x", "", "In Oslo."), ((3, 7),))
    made = comparisons(Pool((nobody, policy, SEAT, alone), ((), (), (OTHER,), ())), 0)
    assert [each.question for each in made] == [SEAT.text]


def test_no_source_teaches_more_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.training.projection.MAX_QUESTIONS_OF_A_SOURCE", 2)
    reddit = replace(SEAT, paragraph=replace(SEAT.paragraph, source="reddit"))
    made = comparisons(pool(SEAT, SEAT, SEAT, reddit), 0)
    assert sorted(each.weight for each in made) == [1, 2, 2]


def test_texts_are_encoded_once_and_questions_by_the_words_that_they_are_about() -> None:
    made = comparisons(pool(SEAT, SEAT), 0)
    asked, found = token_vectors_of(made, WordEncoder())
    assert {text: len(vectors) for text, vectors in asked.items()} == {SEAT.text: 1}  # "seat"
    assert set(found) == {text for each in made for text in each.texts}
    assert len(found[made[0].right]) == 10


# Words of three places; a question's third place is what its answer has in the first.
ASKED = {"q": np.array([[0.1, 0.3, 1.0]], dtype=np.float16)}
FOUND = {
    "right": np.array([[1.0, 0.2, 0.0], [0.0, 0.1, 0.0]], dtype=np.float16),
    "wrong": np.array([[0.0, 0.2, 1.0]], dtype=np.float16),
    "empty": np.zeros((0, 3), dtype=np.float16),
}
MADE = [Comparison("q", "right", ("wrong",), 1.0)] * 8


def learned(rate: float = 0.1) -> Floats:
    return learn_projection(MADE, ASKED, FOUND, seed=0, epochs=40, rate=rate)


def scores(projection: Floats) -> list[float]:
    passages = [torch.from_numpy(FOUND[name]).float() for name in ("right", "wrong")]
    question = torch.from_numpy(ASKED["q"]).float()
    found: list[float] = maxsim(torch.from_numpy(projection), question, passages).tolist()
    return found


def test_the_right_text_scores_higher_after_learning() -> None:
    right, wrong = scores(np.eye(3, dtype=np.float32))
    assert right < wrong
    right, wrong = scores(learned())
    assert right > wrong


def test_the_comparison_that_weighs_more_is_learned() -> None:
    against = [Comparison("q", "wrong", ("right",), 3.0)] * 8
    found = learn_projection([*MADE, *against], ASKED, FOUND, seed=0, epochs=60, rate=0.1)
    right, wrong = scores(found)
    assert right < wrong
    heavy = [replace(each, weight=9.0) for each in MADE]
    found = learn_projection([*heavy, *against], ASKED, FOUND, seed=0, epochs=60, rate=0.1)
    right, wrong = scores(found)
    assert right > wrong


def test_learning_again_gives_the_same() -> None:
    np.testing.assert_array_equal(learned(), learned())


def test_training_starts_from_comparing_the_vectors_themselves() -> None:
    np.testing.assert_allclose(learned(rate=0.0), np.eye(3))


def test_a_text_without_tokens_is_passed_over() -> None:
    made = [*MADE, Comparison("q", "right", ("empty",), 1.0)]
    found = learn_projection(made, ASKED, FOUND, seed=0, epochs=1)
    assert np.isfinite(found).all()


def test_training_compares_as_asking_does() -> None:
    turn = np.random.default_rng(0).normal(size=(3, 3)).astype(np.float32)
    words = projected(ASKED["q"].astype(np.float32), turn)
    asking = [
        highest_cosines(words, projected(FOUND[name].astype(np.float32), turn)).mean()
        for name in ("right", "wrong")
    ]
    assert scores(turn) == pytest.approx(asking, abs=1e-6)
