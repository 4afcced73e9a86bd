"""The questions on public folders are sound, and a clipping and a sentence are judged rightly."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from index.documents.article import Article
from index.documents.spans import Sentence
from tests.quality.boundaries import Faults, count_faults
from tests.quality.folder_case import Case, slug_of
from tests.quality.folders import read_rows
from tests.quality.titles import has_right_title

ROWS = read_rows()
KINDS = set("prose section steps list table code faq definition date metadata not_found".split())
ANSWERED = [row for row in ROWS if row["kind"] != "not_found"]
UNANSWERED = [row for row in ROWS if row["kind"] == "not_found"]
PLACE = {"repository", "commit", "folder", "question", "kind"}


def test_every_row_has_the_fields_of_its_kind() -> None:
    answered = PLACE | {"path", "contains", "any_of", "lacks", "heading"}
    assert {row["kind"] for row in ROWS} == KINDS
    assert all(set(row) - {"also_in"} == answered for row in ANSWERED)
    assert all(set(row) == PLACE | {"near_miss", "why"} for row in UNANSWERED)
    assert all(len(row["commit"]) == 40 and row["question"].strip() for row in ROWS)


def test_every_question_is_asked_once_and_one_commit_is_named_for_each_repository() -> None:
    assert len({row["question"].lower() for row in ROWS}) == len(ROWS)
    assert len({(row["repository"], row["commit"], row["folder"]) for row in ROWS}) == 5


def test_each_repository_has_enough_questions_without_an_answer_and_near_misses() -> None:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ROWS:
        groups[row["repository"]].append(row)
    for rows in groups.values():
        unanswered = [row for row in rows if row["kind"] == "not_found"]
        assert len(rows) >= 30
        assert 3 * len(unanswered) >= len(rows)
        assert 2 * sum(row["near_miss"] for row in unanswered) >= len(unanswered)


def test_the_words_to_be_found_are_short_and_their_file_lies_in_the_folder() -> None:
    assert all(1 <= len(piece.split()) <= 8 for row in ANSWERED for piece in row["contains"])
    assert all(row["contains"] and slug_of(row, row["path"]) for row in ANSWERED)
    whole = [row for row in ANSWERED if row["kind"] == "steps"]
    assert all(len(row["contains"]) >= 3 for row in whole)


def line(article: str, text: str, **fields: Any) -> dict[str, Any]:
    quote = {"article": article, "text": text, "title": "Tea", **fields}
    return {"findings": [{"quote": quote}]}


TEA = {
    "folder": "docs",
    "path": "docs/tea.md",
    "kind": "prose",
    "contains": ["four minutes", "black"],
    "any_of": [],
    "lacks": ["green"],
    "heading": "How long",
}


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (line("tea.md", "Let black tea draw for four\nminutes."), "right"),
        (line("tea.md", "Let it draw for four minutes."), "wrong"),
        (line("tea.md", "black: four minutes, green: two"), "wrong"),
        (line("coffee.md", "Let black tea draw for four minutes."), "wrong"),
        (line("tea.md", "black", parts=[{"text": "black"}, {"text": "four minutes"}]), "right"),
        ({"findings": []}, "missed"),
        ({"findings": [{"shown": False, **line("tea.md", "x")["findings"][0]}]}, "missed"),
    ],
)
def test_a_clipping_is_right_with_all_words_from_the_right_article(
    found: dict[str, Any], verdict: str
) -> None:
    assert Case(TEA, found).verdict == verdict


def test_one_of_the_alternatives_is_enough_and_another_article_may_say_it() -> None:
    row = TEA | {"contains": [], "any_of": [["4"], ["four"]], "also_in": ["docs/b.md"]}
    assert Case(row, line("b.md", "four minutes")).verdict == "right"
    assert Case(row, line("b.md", "five minutes")).verdict == "wrong"


@pytest.mark.parametrize(
    ("found", "fits"),
    [
        (line("tea.md", "x"), None),
        (line("coffee.md", "x", headings=["How long"]), None),
        (line("tea.md", "x", headings=["Tea", "How long"]), True),
        (line("tea.md", "x", headings=["Tea", "How hot"]), False),
    ],
)
def test_the_heading_counts_where_it_is_told_and_the_article_is_right(
    found: dict[str, Any], *, fits: bool | None
) -> None:
    assert Case(TEA, found).under_heading is fits


def test_where_nothing_answers_any_clipping_is_wrong() -> None:
    row = {"folder": ".", "kind": "not_found", "near_miss": True}
    assert Case(row, {"findings": []}).verdict == "right"
    assert Case(row, line("tea.md", "x")).verdict == "wrong"
    assert Case(row, line("tea.md", "x")).kind == "not_found, near miss"


def faults(text: str, *sentences: str) -> Faults:
    article = Article("a.md", None, text)
    starts = [text.index(sentence) for sentence in sentences]
    return count_faults(
        article,
        [
            Sentence(article, start, start + len(sentence))
            for start, sentence in zip(starts, sentences, strict=True)
        ],
    )


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        ("Tea is hot. Drink it.", ("Tea is hot.", "Drink it."), Faults(2)),
        ("Tea is hot.", ("Tea is h", "ot."), Faults(2, in_word=2, cut=1)),
        ("Hot tea. - Milk.", ("Hot tea.", "- Milk."), Faults(2, punctuation=1)),
        ("Hot (very). Tea", ("Hot (very", "). Tea"), Faults(2, punctuation=1)),
        ("“Hot” it is. (Very.)", ("“Hot” it is.", "(Very.)"), Faults(2)),
        ("`tea` is. **Hot** it is.", ("`tea` is.", "**Hot** it is."), Faults(2)),
        ("@ann said. .env is.", ("@ann said.", ".env is."), Faults(2)),
        ("A line\n— Ann", ("A line", "— Ann"), Faults(2)),
        ("Hot — Ann", ("Hot", "— Ann"), Faults(2, punctuation=1)),
        ("About 5 p.m. today\nwe", ("About 5 p.m.", "today\nwe"), Faults(2, cut=1)),
        ("Tea.\n> Hot.", ("Tea.", "> Hot."), Faults(2, punctuation=1)),
        ("# Tea\nis", ("# Tea", "is"), Faults(2, punctuation=1)),
        ("Tea.\n\nit", ("Tea.", "it"), Faults(2)),
        ("See <br> this.", ("See <br> this.",), Faults(1, marks=1)),
        ("See `<br>` and <a@b.org>.", ("See `<br>` and <a@b.org>.",), Faults(1)),
        ("---\nlang: en\n---\nTea.", ("lang: en", "Tea."), Faults(2, marks=1)),
        ("```\ngit add <p>\ngit push\n```", ("git add <p>", "git push"), Faults(2)),
    ],
)
def test_each_fault_of_a_sentence_is_counted(
    text: str, sentences: tuple[str, ...], expected: Faults
) -> None:
    assert faults(text, *sentences) == expected


@pytest.mark.parametrize(
    ("title", "text", "right"),
    [
        ("Hot tea", "# Hot `tea`\n\nx", True),
        ("Hot tea", "---\ntitle: Other\n---\n## [Hot\ttea](b.md)\n", True),
        ("Other", '---\ntitle: "Other"\n---\n## Hot tea\n', True),
        ("# Hot tea", "# Hot tea\n", False),
        (None, "# Hot tea\n", False),
        ("Hot tea", "Hot tea\n", None),
    ],
)
def test_a_title_is_right_when_it_is_the_first_heading_or_the_one_given(
    title: str | None, text: str, *, right: bool | None
) -> None:
    assert has_right_title(Article("a.md", title, text)) is right
