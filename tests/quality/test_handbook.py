"""The handbook's questions can be answered from its files, and right is told from wrong."""

from __future__ import annotations

import json
import quopri
from typing import Any

import pytest

from tests.quality.handbook_expectations import (
    FOLDER,
    QUESTIONS,
    TITLES,
    Expected,
    flat,
    headings_above,
    judge,
    marks_in,
    read_expected,
)
from tests.quality.handbook_report import count_titles
from tests.quality.handbook_sources import read_sources

EXPECTED = list(read_expected())
FILES = [path for path in FOLDER.rglob("*") if path.is_file()]
SOURCES = {source.path.relative_to(FOLDER).as_posix(): source for source in read_sources()}


def words_of(path: str) -> str:
    """The name and the words of a file, as one line."""
    if source := SOURCES.get(path):
        blocks = " ".join(block.text for block in source.blocks)
        return flat(f"{path} {source.title} {source.author} {blocks}")
    data = (FOLDER / path).read_bytes()
    if path.endswith(".eml"):
        data = quopri.decodestring(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return f"{path} {flat(_unescaped(text))}"


def _unescaped(text: str) -> str:
    """A text in which a quotation mark of a JSON string is one character."""
    return text.replace('\\"', '"')


def test_the_words_of_every_answer_stand_in_its_file() -> None:
    missing = [
        each.question
        for each in EXPECTED
        if each.kind != "not_found"
        and not any(
            all(word in words_of(each.articles[0]) for word in words) for words in each.alternatives
        )
    ]
    assert missing == []


def test_every_named_file_is_there_and_no_answer_needs_what_it_must_lack() -> None:
    for each in EXPECTED:
        assert all((FOLDER / path).is_file() for path in each.articles)
        assert not any(
            bad in word for bad in each.lacks for words in each.alternatives for word in words
        ), each.question
    assert all((FOLDER / path).is_file() for path in json.loads(TITLES.read_text("utf-8")))


def test_the_headings_of_answers_stand_in_their_files() -> None:
    named = [(each.heading, each.articles[0]) for each in EXPECTED if each.heading]
    assert [pair for pair in named if pair[0] not in words_of(pair[1])] == []
    assert len(named) > 50


def test_there_are_enough_files_in_enough_formats_and_all_are_small() -> None:
    assert len(FILES) >= 50
    assert len({path.suffix for path in FILES}) >= 24
    assert max(path.stat().st_size for path in FILES) < 60_000
    assert sum(path.stat().st_size for path in FILES) < 600_000


def test_a_third_of_the_questions_has_no_answer_and_half_of_these_are_near_misses() -> None:
    unanswerable = [each for each in EXPECTED if each.kind == "not_found"]
    assert len(EXPECTED) >= 150
    assert len(unanswerable) * 3 >= len(EXPECTED)
    assert sum(each.near_miss for each in unanswerable) * 2 >= len(unanswerable)
    assert len({each.question.lower().strip("?") for each in EXPECTED}) == len(EXPECTED)


def test_every_line_without_an_answer_says_why() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert all(row["why"] for row in rows if row["kind"] == "not_found")


def line(text: str | None, *, article: str = "handbook/perks.md", **fields: Any) -> dict[str, Any]:
    quote = {"article": article, "start": 0, "end": len(text or ""), "text": text, "title": None}
    findings = [{"quote": quote | fields, "also": []}] if text is not None else []
    return {"findings": findings, "closest": []}


EYE = Expected(
    "when?", "section", ("handbook/perks.md",), (("in October",),), ("March",), "Eye cover"
)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (line("Enrolment is in October.", headings=["Perks", "Eye cover"]), "right"),
        (line("Enrolment\nis in\nOctober.", headings=["Eye cover"]), "right"),
        (line("Enrolment is in October.", headings=["Dental cover"]), "wrong"),
        (line("In March; in October.", headings=["Eye cover"]), "wrong"),
        (line("It is in October.", article="a.md", headings=["Eye cover"]), "wrong"),
        (
            line(
                "Enrolment", parts=[{"text": "is in"}, {"text": "October"}], headings=["Eye cover"]
            ),
            "right",
        ),
        (line(None), "missed"),
    ],
)
def test_the_first_clipping_is_right_with_its_words_under_its_heading(
    found: dict[str, Any], verdict: str
) -> None:
    assert judge(EYE, found) == verdict


def test_without_an_answer_only_not_found_is_right() -> None:
    none = Expected("what?", "not_found", near_miss=True)
    assert judge(none, line(None)) == "right"
    assert judge(none, line("Something.")) == "wrong"


def test_a_fact_of_the_head_may_come_as_a_field() -> None:
    asked = Expected("when published?", "metadata", ("a.md",), (("2024-05-03",), ("3 May 2024",)))
    assert judge(asked, line("A boat.", article="a.md", published="2024-05-03")) == "right"
    assert judge(asked, line("A boat.", article="a.md", published="2024-05-04")) == "wrong"


def test_the_heading_above_is_no_comment_of_a_code_block() -> None:
    text = "# Boats\n\nWren\n----\n\n```sh\n# oars\nrow\n```\n\nGo.\n\n## Heron\n\nSail.\n"
    assert headings_above(text, text.index("Go.")) == ["Wren"]
    assert headings_above(text, text.index("Sail.")) == ["Heron"]
    assert headings_above(text, 0) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The firm pays 5 * 3 crowns - not more.", []),
        ("Open *Me* and wait.", []),
        ("It is **wet**.", ["Markdown marks"]),
        ("~~Old.~~ New.", ["Markdown marks"]),
        ("| a | b |\n|---|---|", ["Markdown marks"]),
        ("## Boats\nGo.", ["heading marks"]),
        ("<p>Go.</p>", ["tags"]),
        ("Ask [Jo](jo.md).", ["link targets"]),
        ("---\ntitle: Boats", ["front matter"]),
    ],
)
def test_marks_are_found_in_a_clipping(text: str, marks: list[str]) -> None:
    assert marks_in(EYE, text) == marks


def test_titles_are_compared_with_the_list() -> None:
    cases = [
        (EYE, line("a", article="handbook/perks.md", title="Perks")),
        (EYE, line("a", article="web/lighthouse-tour.html", title="Tours to the lighthouse")),
        (EYE, line("a", article="letters/retirement.txt", title="To all who knew him")),
        (EYE, line("a", article="data/notices.json", title="not listed")),
    ]
    assert count_titles(cases) == (2, 3, ["letters/retirement.txt: To all who knew him"])
