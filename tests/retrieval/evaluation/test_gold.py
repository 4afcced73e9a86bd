"""Questions with known answers come from their files with the right places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from config.errors import QuestionError
from index.documents.spans import Quote
from index.library.progress import Progress
from retrieval.evaluation.gold import GoldSet, read_lines, read_squad
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


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


def test_an_answer_that_is_not_at_its_offset_is_found_nearby(tmp_path: Path) -> None:
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
