"""The whole way on the five articles, with the real encoder, reader and weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.library.build import build_library
from index.library.encoders import open_encoder
from index.passages.boilerplate_sentences import find_boilerplate
from retrieval.answerer import Answerer
from retrieval.examples import find_examples
from retrieval.models import open_models
from tests.verbatim import assert_verbatim

if TYPE_CHECKING:
    from retrieval.answers import Answer

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "tests" / "quality" / "seeds.jsonl").read_text("utf-8").splitlines()
QUESTIONS = [json.loads(line)["question"] for line in LINES]


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, encoders: Path) -> Answerer:
    folder = tmp_path_factory.mktemp("library")
    (folder / "encoders").symlink_to(encoders)
    encoder = open_encoder(folder, "all-MiniLM-L6-v2")
    library = build_library(ROOT / "seeds", folder, encoder)
    return Answerer(library, open_models("clipping", folder))


def first(answer: Answer) -> str:
    return answer.findings[0].quote.text if answer.found else ""


def test_the_headquarters_is_in_wiesbaden(answerer: Answerer) -> None:
    assert "Wiesbaden" in first(answerer("where is the HQ?"))


@pytest.mark.parametrize("question", ["hello", "asdf qwer zxcv", "🙂", "When was NATO founded?"])
def test_what_no_article_says_is_not_found(answerer: Answerer, question: str) -> None:
    assert not answerer(question).found


def test_three_questions_to_try_are_found_and_answered_with_more_than_a_headline(
    answerer: Answerer,
) -> None:
    examples = find_examples(answerer.library, answerer)
    assert len(examples) == 3
    headlines = {article.title for article in answerer.library.articles}
    for question in examples:
        assert first(answerer(question)) not in {"", *headlines}


def test_curly_marks_around_one_word_lose_no_answer_and_straight_ones_say_why(
    answerer: Answerer,
) -> None:
    assert "Wiesbaden" in first(answerer("where is the “HQ”?"))
    assert answerer('where is the "HQ"?').absent_phrases == ("HQ",)


def test_the_question_at_the_end_of_a_long_letter_is_answered(answerer: Answerer) -> None:
    letter = "The press office wrote to us this morning. " * 30
    assert "Wiesbaden" in first(answerer(f"{letter}Where is the HQ?"))


def test_every_answer_to_every_question_is_verbatim(answerer: Answerer) -> None:
    files = {path.name: path.read_bytes().decode() for path in (ROOT / "seeds").iterdir()}
    assert {each.slug: each.text for each in answerer.library.articles} == files
    for question in QUESTIONS:
        assert_verbatim(answerer(question), answerer.library)


@pytest.mark.parametrize(
    "question",
    [
        "What was published on the training plan?",
        "must read: security assistance for Ukraine",
        "latest article about the Nuclear Planning Group",
        "leave a reply about the Patriot systems",
    ],
)
def test_what_a_page_prints_around_its_article_does_not_outrank_prose(
    answerer: Answerer, question: str
) -> None:
    library = answerer.library
    boilerplate = {library.sentences[row].text for row in find_boilerplate(library.sentences)}
    ranking = answerer.rank(question)
    assert ranking.ranked[0].candidate.quote.text not in boilerplate
