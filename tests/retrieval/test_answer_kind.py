"""An answer is of the kind that the question asks for, or it is not."""

from __future__ import annotations

import pytest

from retrieval.answer_kind import kind_fit
from retrieval.questions import parse_question
from tests.fakes import library_of

LIBRARY = library_of("The old bridge was opened in May 1998.")


@pytest.mark.parametrize(
    ("question", "answer", "fits"),
    [
        ("When was it?", "in May", (1.0, 0.0)),
        ("When was it?", "the ministers", (0.0, 1.0)),
        ("How many?", "eleven", (1.0, 0.0)),
        ("How many?", "the ministers", (0.0, 1.0)),
        ("Who was it?", "Jens Stoltenberg", (1.0, 0.0)),
        ("Where is it?", "at home", (0.0, 1.0)),
        ("Why?", "anything", (0.0, 0.0)),
    ],
)
def test_an_answer_fits_the_question_or_does_not(
    question: str, answer: str, fits: tuple[float, float]
) -> None:
    assert kind_fit(parse_question(question, LIBRARY), answer, f"{answer} it was.") == fits


@pytest.mark.parametrize(
    ("question", "answer", "after", "fits"),
    [
        ("How many buses were ordered?", "72", " electric buses.", (1.0, 0.0)),
        ("How many buses were ordered?", "48", " chargers for buses.", (1.0, 0.0)),
        ("How many buses were ordered?", "48", " chargers for them.", (0.0, 0.0)),
        ("How many buses?", "48", " chargers in the yard feed all buses.", (0.0, 0.0)),
        ("How many buses?", "the buses", " were there.", (0.0, 1.0)),
        ("how many more buses?", "9", " buses came.", (1.0, 0.0)),
        ("How many did Ann order?", "9", ".", (1.0, 0.0)),
        ("How many euros is it?", "€40", ".", (1.0, 0.0)),
        ("How many kilometres is it?", "7 km", ".", (1.0, 0.0)),
        ("How many buses ran when it opened?", "in May", ".", (1.0, 0.0)),
    ],
)
def test_a_number_fits_best_where_it_counts_what_is_asked_for(
    question: str, answer: str, after: str, fits: tuple[float, float]
) -> None:
    assert kind_fit(parse_question(question, LIBRARY), answer, answer + after) == fits
