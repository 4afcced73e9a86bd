"""Question files are read with answers at their right offsets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from retrieval.training.questions import Paragraph, Question, located, read_questions, split_off

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Ann met Bob. Later Bob left."


def written(path: Path, answers: list[dict[str, Any]], title: str = "Two_people") -> Path:
    entry = {"id": "1", "question": " Who left? ", "answers": answers}
    paragraph = {"context": TEXT, "qas": [entry]}
    path.write_text(json.dumps({"data": [{"title": title, "paragraphs": [paragraph]}]}))
    return path


def test_a_question_keeps_its_answers_range(tmp_path: Path) -> None:
    path = written(tmp_path / "wiki.json", [{"text": "Bob", "answer_start": 19}])
    (question,) = read_questions(path)
    assert question == Question(
        "Who left?", Paragraph("wiki", "Two_people", "Two people", TEXT), ((19, 22),)
    )


def test_a_title_that_is_an_id_is_not_shown(tmp_path: Path) -> None:
    path = written(tmp_path / "amazon.json", [], title="Amazon_Reviews_5")
    assert [question.paragraph.title for question in read_questions(path)] == [""]


def test_an_answer_that_is_not_at_its_offset_is_found_at_its_nearest_occurrence() -> None:
    assert located(TEXT, [{"text": "Bob", "answer_start": 17}]) == ((19, 22),)
    assert located(TEXT, [{"text": "Bob", "answer_start": 5}]) == ((8, 11),)


def test_white_space_around_an_answer_is_left_out() -> None:
    assert located(TEXT, [{"text": " Bob ", "answer_start": 18}]) == ((19, 22),)


def test_white_space_before_an_answer_does_not_move_its_offset() -> None:
    assert located("a  a", [{"text": "  a", "answer_start": 1}]) == ((3, 4),)


def test_a_question_whose_answer_stands_nowhere_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "wiki.json", [{"text": "Carl", "answer_start": 0}])
    assert read_questions(path) == []


def test_a_question_without_answers_is_kept_as_unanswerable(tmp_path: Path) -> None:
    assert [q.answers for q in read_questions(written(tmp_path / "squad2.json", []))] == [()]


def test_two_annotators_who_agree_count_once() -> None:
    answer = {"text": "Bob", "answer_start": 19}
    assert located(TEXT, [answer, dict(answer)]) == ((19, 22),)


def test_an_answer_outside_of_its_paragraph_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="outside"):
        Question("Who?", Paragraph("wiki", "a", "a", "Bob"), ((0, 4),))


def test_no_paragraph_is_both_learned_from_and_measured_on() -> None:
    asked = [
        Question(f"{way} {n}?", Paragraph(source, f"{source}{n // 3}", "", f"text {n}"), ())
        for source in ("wiki", "reddit")
        for n in range(9)
        for way in ("who", "when")
    ]
    learn, held = split_off(asked, {"wiki": 1}, every=4)
    assert {q.paragraph.article for q in held if q.paragraph.source == "wiki"} == {"wiki2"}
    assert {q.paragraph.text for q in held if q.paragraph.source == "reddit"} == {
        "text 3",
        "text 7",
    }
    assert not {q.paragraph for q in learn} & {q.paragraph for q in held}
    assert len(learn) + len(held) == len(asked)
