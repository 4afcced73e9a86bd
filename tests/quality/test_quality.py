"""The questions with known answers are sound, and right is told from wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.quality.__main__ import Asked

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
