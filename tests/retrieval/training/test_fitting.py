"""What is fitted is what the questions show, within the bounds that are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.answerer import Answering
from retrieval.decision import QUESTION_FEATURES
from retrieval.evaluation.gold import Gold, GoldSet
from retrieval.training.fitting import (
    FALSE_ANSWERS,
    SET_WEIGHTS,
    fit,
    fit_logistic,
    fit_rank,
    probabilities,
)
from retrieval.training.observing import observe
from tests.fakes import PhraseReader, library_of
from tests.retrieval.test_answerer import SIMPLE

if TYPE_CHECKING:
    from index.documents.article import Article

TOWNS = ("Oslo", "Rome", "Bern", "Kyiv", "Riga", "Lima", "Bonn", "Cork")
COLUMN = {name: number for number, name in enumerate(QUESTION_FEATURES)}


def towns() -> GoldSet:
    texts = [f"The mayor of {town} lives in {town} Hall. Trains go there." for town in TOWNS]
    library = library_of(*texts)
    return GoldSet("towns", library, tuple(map(gold, library.articles, TOWNS)))


def gold(article: Article, town: str) -> Gold:
    start = article.text.index(f"{town} Hall")
    place = (start, start + len(town) + 5)
    return Gold(f"Where does the mayor of {town} live?", article, (place,), (f"{town} Hall",))


def reader() -> PhraseReader:
    return PhraseReader({"Hall": 2.0, "Trains": -2.0})


def test_each_question_is_asked_six_ways() -> None:
    gold_set, told = towns(), list[int]()
    observed = observe(
        Answering(gold_set.library, SIMPLE, reader()), gold_set, lambda: told.append(1)
    )
    assert len(observed) == len(told) == 6 * len(TOWNS)
    of_oslo = [each for each in observed if "Oslo" in each.gold.text]
    assert [each.answerable for each in of_oslo] == [True, False, False, True, False, False]
    assert [each.near_miss for each in of_oslo] == [False, True, False, False, True, False]
    assert [len(each.library.articles) for each in of_oslo] == [8, 8, 7, 5, 5, 4]
    for each in of_oslo:
        held = any(each.gold.is_right(candidate.quote) for candidate, _ in each.ranking.ranked)
        assert held is each.answerable


def test_the_fit_tells_the_towns_apart_and_sets_the_threshold() -> None:
    gold_set = towns()
    observed = observe(Answering(gold_set.library, SIMPLE, reader()), gold_set, lambda: None)
    fitted = fit(observed)
    inside, outside = probabilities(fitted, observed)
    assert min(inside) > max(outside)
    assert np.mean([chance >= fitted.threshold for chance in outside]) <= FALSE_ANSWERS
    assert {name: fitted.weights[name] for name in SET_WEIGHTS} == pytest.approx(SET_WEIGHTS)


def test_the_ranking_learns_what_right_candidates_have() -> None:
    gold_set = towns()
    observed = observe(Answering(gold_set.library, SIMPLE, reader()), gold_set, lambda: None)
    weights = fit_rank(observed)
    assert weights["margin"] > 0
    assert weights["near_share"] > 0
    assert weights["furniture"] < 0


def test_the_ranking_too_lets_no_feature_speak_against_what_it_stands_for() -> None:
    gold_set = towns()
    mistaken = PhraseReader({"Hall": -2.0, "Trains": 2.0})
    observed = observe(Answering(gold_set.library, SIMPLE, mistaken), gold_set, lambda: None)
    weights = fit_rank(observed)
    assert weights["margin"] == 0
    assert weights["misfits"] <= 0


def rows(**columns: list[float]) -> np.ndarray:
    table = np.zeros((len(next(iter(columns.values()))), len(QUESTION_FEATURES)))
    for name, values in columns.items():
        table[:, COLUMN[name]] = values
    return table


def test_no_feature_speaks_against_what_it_stands_for() -> None:
    truth = np.array([0.0, 0.0, 1.0, 1.0] * 20)
    table = rows(margin=[1, 1, 0, 0] * 20, misfits=[0, 0, 1, 1] * 20)
    weights = fit_logistic(table, truth, np.ones(80), {})
    assert weights[COLUMN["margin"]] == 0.0
    assert weights[COLUMN["misfits"]] == 0.0


def test_a_set_weight_stays_and_the_others_are_fitted_around_it() -> None:
    truth = np.array([0.0, 0.0, 1.0, 1.0] * 20)
    table = rows(margin=[0, 0, 1, 1] * 20, name_unknown=[0, 0, 1, 1] * 20)
    free = fit_logistic(table, truth, np.ones(80), {})
    bound = fit_logistic(table, truth, np.ones(80), {"name_unknown": -3.0})
    assert bound[COLUMN["name_unknown"]] == -3.0
    assert bound[COLUMN["margin"]] > free[COLUMN["margin"]] + 1


def test_a_row_counts_as_much_as_it_is_said_to() -> None:
    table, truth = rows(margin=[0.0] * 4), np.array([1.0, 0.0, 0.0, 0.0])
    even = fit_logistic(table, truth, np.array([3.0, 1.0, 1.0, 1.0]), {})
    assert even[-1] == pytest.approx(0.0, abs=1e-3)
