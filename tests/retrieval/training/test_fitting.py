"""Ranker and calibrator learn what the questions show, within the bounds that are set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.answerer import Answerer
from retrieval.calibrator import QUESTION_FEATURE_NAMES
from retrieval.evaluation.gold import Gold, GoldSet
from retrieval.models import WITH_READER, read_decision
from retrieval.training.calibration_fitting import (
    FALSE_ANSWERS,
    SET_WEIGHTS,
    fit_logistic,
    probabilities,
)
from retrieval.training.fitting import as_fields, fit
from retrieval.training.observing import WAYS, Observed, observe
from retrieval.training.rank_fitting import fit_ranker
from tests.fakes import PhraseReader, library_of, simple_models

if TYPE_CHECKING:
    from pathlib import Path

    from index.documents.article import Article

TOWNS = ("Oslo", "Rome", "Bern", "Kyiv", "Riga", "Lima", "Bonn", "Cork")
COLUMN = {name: number for number, name in enumerate(QUESTION_FEATURE_NAMES)}


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


def observed_by(reader: PhraseReader) -> list[Observed]:
    gold_set = towns()
    answerer = Answerer(gold_set.library, simple_models(reader))
    return observe(answerer, gold_set, lambda: None)


def test_each_question_is_asked_six_ways() -> None:
    gold_set, calls = towns(), list[int]()
    answerer = Answerer(gold_set.library, simple_models(reader()))
    observed = observe(answerer, gold_set, lambda: calls.append(1))
    assert len(observed) == len(calls) == WAYS * len(TOWNS)
    of_oslo = [each for each in observed if "Oslo" in each.gold.text]
    assert [each.answerable for each in of_oslo] == [True, False, False, True, False, False]
    assert [each.near_miss for each in of_oslo] == [False, True, False, False, True, False]
    assert [len(each.library.articles) for each in of_oslo] == [8, 8, 7, 5, 5, 4]
    for each in of_oslo:
        held = any(each.gold.is_right(one.candidate.quote) for one in each.ranking.ranked)
        assert held is each.answerable


def test_the_fit_tells_the_towns_apart_and_sets_the_threshold() -> None:
    observed = observed_by(reader())
    ranker, calibrator = fit(observed)
    inside, outside = probabilities(ranker, calibrator, observed)
    assert min(inside) > max(outside)
    assert np.mean([chance >= calibrator.threshold for chance in outside]) <= FALSE_ANSWERS
    assert {name: calibrator.weights[name] for name in SET_WEIGHTS} == pytest.approx(SET_WEIGHTS)


def test_what_is_fitted_is_read_again_as_it_was(tmp_path: Path) -> None:
    ranker, calibrator = fit(observed_by(reader()))
    path = tmp_path / "decision.json"
    path.write_text(json.dumps({WITH_READER: as_fields(ranker, calibrator)}))
    assert read_decision(path, WITH_READER) == (ranker, calibrator)


def test_the_ranking_learns_what_right_candidates_have() -> None:
    weights = fit_ranker(observed_by(reader())).weights
    assert weights["margin"] > 0
    assert weights["context_share"] > 0
    assert weights["boilerplate"] < 0


def test_the_ranking_lets_no_feature_speak_against_what_it_stands_for() -> None:
    weights = fit_ranker(observed_by(PhraseReader({"Hall": -2.0, "Trains": 2.0}))).weights
    assert weights["margin"] == 0
    assert weights["misfits"] <= 0


def rows(**columns: list[float]) -> np.ndarray:
    table = np.zeros((len(next(iter(columns.values()))), len(QUESTION_FEATURE_NAMES)))
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


def test_a_row_counts_as_much_as_its_weight() -> None:
    table, truth = rows(margin=[0.0] * 4), np.array([1.0, 0.0, 0.0, 0.0])
    even = fit_logistic(table, truth, np.array([3.0, 1.0, 1.0, 1.0]), {})
    assert even[-1] == pytest.approx(0.0, abs=1e-3)
