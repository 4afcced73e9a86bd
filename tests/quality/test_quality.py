"""The questions with known answers are sound, and right is told from wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.quality.__main__ import Asked
from tests.quality.conflicts import CASES, Case

HERE = Path(__file__).parent
QUESTIONS = [json.loads(line) for line in (HERE / "seeds.jsonl").read_text("utf-8").splitlines()]
SEEDS = [path.read_bytes().decode() for path in (HERE.parents[1] / "seeds").glob("*.txt")]


def test_every_known_answer_stands_in_an_article_word_for_word() -> None:
    answers = [answer for row in QUESTIONS for answer in row["answers"]]
    assert [answer for answer in answers if not any(answer in text for text in SEEDS)] == []


def test_there_are_enough_questions_and_enough_without_an_answer() -> None:
    assert len({row["question"].lower() for row in QUESTIONS}) == len(QUESTIONS) >= 60
    assert sum(not row["answers"] for row in QUESTIONS) >= 25


def line(*clippings: str, differ: bool = False) -> dict[str, Any]:
    return {"findings": [{"quote": {"text": text}} for text in clippings], "differ": differ}


@pytest.mark.parametrize(
    ("answers", "found", "verdict"),
    [
        (("Wiesbaden",), line("It is in Wiesbaden."), "right"),
        (("Mainz", "Wiesbaden"), line("It is in Wiesbaden."), "right"),
        (("Wiesbaden",), line("It is in Mainz.", "It is in Wiesbaden."), "wrong"),
        (("Wiesbaden",), line(), "missed"),
        ((), line(), "right"),
        ((), line("It is in Mainz."), "wrong"),
    ],
)
def test_a_question_is_right_when_its_first_clipping_is(
    answers: tuple[str, ...], found: dict[str, Any], verdict: str
) -> None:
    assert Asked("where?", answers, found).verdict == verdict


def finding(text: str, *also: str) -> Finding:
    quotes = [Quote(Article("a", None, each), 0, len(each)) for each in (text, *also)]
    return Finding(quotes[0], None, 0.9, tuple(quotes[1:]))


@pytest.mark.parametrize(
    ("expect", "shown", "differ", "verdict"),
    [
        ("differ", [finding("It was 5."), finding("It was 7.")], True, "right"),
        ("differ", [finding("It was 5."), finding("It was 9.")], True, "wrong pair"),
        ("differ", [finding("It was 5 or 7.")], False, "one of two"),
        ("differ", [finding("It was 9.")], False, "wrong"),
        ("differ", [], False, "not found"),
        ("same", [finding("It was 5.", "Five.")], False, "right"),
        ("same", [finding("It was 5.")], False, "also missed"),
        ("one", [finding("It was 5.")], False, "right"),
        ("one", [finding("It was 5."), finding("It was 9.")], True, "false alarm"),
    ],
)
def test_a_case_of_articles_that_differ_is_judged_by_what_is_shown(
    expect: str, shown: list[Finding], verdict: str, *, differ: bool
) -> None:
    answer = Answer("how many?", tuple(shown), differ=differ)
    answers = (("5",), ("7",)) if expect == "differ" else (("5",),)
    assert Case("how many?", expect, answers, 2, answer).verdict == verdict


def test_every_case_states_its_answers_and_both_sets_are_alike() -> None:
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    for row in rows:
        texts = [article["text"] for article in row["articles"]]
        assert all(
            any(form in text for text in texts) for forms in row["answers"] for form in forms
        )
    counts = [
        sorted(row["expect"] for row in rows if row["set"] == name) for name in ("fit", "held")
    ]
    assert counts[0] == counts[1]
    assert len(rows) == 48
