"""Each question gets one probability."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from retrieval.calibrator import Calibrator, lead, question_features
from retrieval.questions import parse_question
from retrieval.ranker import Ranker
from tests.fakes import candidate_of, library_of_pages
from tests.retrieval.test_ranker import LIBRARY, RANKER, candidate

if TYPE_CHECKING:
    from retrieval.candidates import Candidate
    from retrieval.ranker import RankedCandidate

WEIGHTS = {"margin": 2.0, "name_unknown": -3.0, "names_missing": -1.0}
CALIBRATOR = Calibrator(WEIGHTS, bias=-1.0, threshold=0.5, false_answers=0.05)


def ranked(*candidates: Candidate) -> list[RankedCandidate]:
    return Ranker({"margin": 1.0}).order(candidates, [0.0] * len(candidates))


def logit(calibrator: Calibrator, asked: str, *candidates: Candidate) -> float:
    question = parse_question(asked, LIBRARY)
    probability = calibrator.probability(question, LIBRARY, ranked(*candidates))
    return math.log(probability / (1 - probability))


def test_the_probability_is_the_logistic_function_of_the_weighted_sum() -> None:
    question = parse_question("When did the bridge open?", LIBRARY)
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * 1.5)))
    probability = CALIBRATOR.probability(question, LIBRARY, ranked(candidate("May", 1.5)))
    assert probability == pytest.approx(expected)


def test_a_name_that_stands_in_no_article_counts_against_the_answer() -> None:
    may = candidate("May", 1.5)
    assert logit(CALIBRATOR, "When did the Bridge open?", may) == pytest.approx(2.0)
    unknown = logit(CALIBRATOR, "When did the Bosporus Bridge open?", may)
    assert unknown == pytest.approx(2.0 - 3.0 - 1.0 / 2)


def test_a_year_that_stands_in_no_article_counts_against_the_answer() -> None:
    asked = "When did the bridge of 1871 open?"
    assert logit(CALIBRATOR, asked, candidate("May", 1.5)) == pytest.approx(2.0 - 3.0)


def test_a_phrase_that_was_found_counts_for_the_answer() -> None:
    weights = {"margin": 2.0, "phrase_found": 3.0}
    calibrator = Calibrator(weights, bias=-1.0, threshold=0.5, false_answers=0.05)
    may = candidate("May", 1.5)
    assert logit(calibrator, 'who said "opened in May"', may) == pytest.approx(5.0)
    assert logit(calibrator, 'who said "opened"', may) == pytest.approx(2.0)


def test_no_candidate_is_no_answer() -> None:
    assert CALIBRATOR.probability(parse_question("bridge?", LIBRARY), LIBRARY, []) == 0.0


def test_the_lead_is_over_the_first_candidate_that_says_something_else() -> None:
    three = ranked(candidate("May", 3.0), candidate("in May", 2.5), candidate("June", 1))
    assert lead(three) == pytest.approx(2.0)


def question_met(answer: str, asked: str) -> float:
    page = """# Boats

## May dogs come along?

Only small ones.

## Life jackets for children

They hang in the hut.
"""
    library = library_of_pages(page)
    (first,) = RANKER.order([candidate_of(library, answer, asked)], [0.0])
    return question_features(parse_question(asked, library), library, [first]).question_met


def test_an_articles_own_question_that_has_every_word_speaks_for_its_answer() -> None:
    assert question_met("small", "May dogs come along?") == 1.0
    assert question_met("small", "Do dogs come?") == 1.0
    assert question_met("small", "May dogs of children come?") == 0.0
    assert question_met("hut", "Life jackets for children?") == 0.0
