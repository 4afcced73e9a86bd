"""Questions with known answers come from their files with the right places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from config.errors import QuestionError
from index.documents.spans import Quote
from index.library.progress import Progress
from retrieval.evaluation.gold import Gold, GoldSet, read_lines, read_squad
from retrieval.evaluation.trials import (
    ask_all,
    ask_without_their_article,
    baselines,
    fused,
    sampled,
)
from tests.fakes import PhraseReader, WordEncoder, library_of
from tests.retrieval.test_answerer import SIMPLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

from retrieval.answerer import Answering

BRIDGE = "It began small. The old bridge was opened in May 1998."
TUNNEL = "The tunnel took long. Trains use the tunnel since June 2004."


def entry(question: str, *answers: tuple[str, int]) -> dict[str, Any]:
    found = [{"text": text, "answer_start": start} for text, start in answers]
    return {"id": question, "question": question, "answers": found}


def squad(folder: Path, *paragraphs: Sequence[tuple[str, list[dict[str, Any]]]]) -> GoldSet:
    data = [
        {
            "title": f"Article_{number}",
            "paragraphs": [{"context": context, "qas": qas} for context, qas in article],
        }
        for number, article in enumerate(paragraphs)
    ]
    path = folder / "set.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return read_squad(path, folder / "home", WordEncoder(), Progress())


def two_articles(folder: Path) -> GoldSet:
    return squad(
        folder,
        [
            ("First of all.", []),
            (BRIDGE, [entry("When was the bridge opened?", ("May 1998", 45))]),
        ],
        [(TUNNEL, [entry("Since when is the tunnel used?", ("June 2004", 50)), entry("Who?")])],
    )


def test_paragraphs_become_one_article_and_answers_move_along(tmp_path: Path) -> None:
    gold_set = two_articles(tmp_path)
    first, second, nobody = gold_set.questions
    assert first.article is not None
    assert first.article.text == f"First of all.\n\n{BRIDGE}"
    assert first.article.title == "Article 0"
    assert [first.article.text[start:end] for start, end in first.ranges] == ["May 1998"]
    assert second.answers == ("June 2004",)
    assert nobody.answers == ()
    assert gold_set.name == f"{tmp_path.name}/set"


def test_an_answer_that_is_not_where_it_is_said_to_be_is_found_nearby(tmp_path: Path) -> None:
    text = "May came. Then it rained until May."
    gold_set = squad(tmp_path, [(text, [entry("When?", ("May", 28)), entry("Why?", ("snow", 3))])])
    near, nowhere = gold_set.questions
    assert near.ranges == ((31, 34),)
    assert nowhere.ranges == ()


def test_a_clipping_is_right_where_it_shares_a_character_with_an_answer(tmp_path: Path) -> None:
    first, second, _ = two_articles(tmp_path).questions
    assert first.article is not None
    ((start, end),) = first.ranges
    assert first.is_right(Quote(first.article, end - 1, end))
    assert not first.is_right(Quote(first.article, end, end + 1))
    assert not first.is_right(Quote(first.article, start - 1, start))
    assert second.article is not None
    assert not first.is_right(Quote(second.article, start - 20, end - 20))


def test_lines_about_a_library_are_right_where_the_words_stand(tmp_path: Path) -> None:
    library = library_of(BRIDGE)
    path = tmp_path / "some.jsonl"
    path.write_text('{"question": "When?", "answers": ["may 1998"]}\n\n', encoding="utf-8")
    (gold,) = read_lines(path, library).questions
    article = library.articles[0]
    assert gold.is_right(Quote(article, 0, len(article.text)))
    assert not gold.is_right(Quote(article, 0, 10))


@pytest.mark.parametrize("line", ["what?", "[]", '{"question": "When?"}', '{"answers": []}'])
def test_a_line_that_cannot_be_read_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(f'{{"question": "a", "answers": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(QuestionError, match=r"some\.jsonl, line 2"):
        read_lines(path, library_of(BRIDGE))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data": [{}]}', '{"data": 1}'])
def test_a_file_that_is_not_in_squad_format_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=r"odd\.json"):
        read_squad(path, tmp_path / "home", WordEncoder(), Progress())


def test_every_question_is_asked_with_its_article_and_without(tmp_path: Path) -> None:
    gold_set = two_articles(tmp_path)
    reader = PhraseReader({"May 1998": 3.0, "June 2004": 2.0})
    answering = Answering(gold_set.library, SIMPLE, reader)
    told: list[int] = []
    asked = gold_set.questions[:2]
    inside = ask_all(answering, asked, lambda: told.append(1))
    outside = ask_without_their_article(answering, asked, lambda: told.append(1))
    assert len(told) == 4
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
