"""Questions are asked with their article and without it, and compared with plain searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answerer import Answerer
from retrieval.evaluation.baselines import baselines, fused
from retrieval.evaluation.gold import Gold, GoldSet
from retrieval.evaluation.trials import (
    ask_all,
    ask_without_their_article,
    asked_in_all,
    sampled,
)
from tests.fakes import PhraseReader, library_of, simple_models
from tests.retrieval.evaluation.test_gold import BRIDGE, two_articles

if TYPE_CHECKING:
    from pathlib import Path


def test_every_question_is_asked_with_its_article_and_without(tmp_path: Path) -> None:
    gold_set = two_articles(tmp_path)
    reader = PhraseReader({"May 1998": 3.0, "June 2004": 2.0})
    answerer = Answerer(gold_set.library, simple_models(reader))
    calls: list[int] = []
    asked = gold_set.questions[:2]
    inside = ask_all(answerer, asked, lambda: calls.append(1))
    outside = ask_without_their_article(answerer, asked, lambda: calls.append(1))
    assert len(calls) == 4 == asked_in_all(asked)
    # The surest words come first, whatever is asked: right for the first question alone.
    assert [trial.right for trial in inside] == [True, False]
    assert inside[0].answer == "May 1998"
    assert inside[0].quote_ranks == (True, False)
    assert [trial.passage_rank for trial in outside] == [None, None]
    assert [trial.right for trial in outside] == [False, False]
    assert outside[0].answer == "June 2004"


def test_plain_searches_show_the_nearest_sentence_of_their_best_passage(tmp_path: Path) -> None:
    gold_set = two_articles(tmp_path)
    shares = baselines(gold_set.library, gold_set.questions[:2])
    assert shares == {"BM25": 1.0, "vectors": 1.0, "reciprocal-rank fusion": 1.0}


def test_fusion_adds_up_reciprocal_ranks() -> None:
    # 1/61 + 1/62 for rows 7 and 8, 1/63 for 9: the tie goes to the lower row.
    assert fused([8, 7, 9], [7, 8]) == [7, 8, 9]


def test_a_sample_is_the_same_every_time() -> None:
    golds = tuple(Gold(str(number), None, (), ()) for number in range(50))
    gold_set = GoldSet("some", library_of(BRIDGE), golds)
    assert sampled(gold_set, 10) == sampled(gold_set, 10)
    assert len({gold.text for gold in sampled(gold_set, 10)}) == 10
    assert sampled(gold_set, None) == list(golds)
    assert sampled(gold_set, 99) == list(golds)
