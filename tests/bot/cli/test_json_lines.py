"""The public format of `ask --json` and `ask --batch`."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.json_lines import Asked, answer_line, read_questions
from config.errors import QuestionError
from index.documents.article import Article
from index.documents.spans import Quote, Span
from index.documents.structure import Block, BlockKind, Structure
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind
from retrieval.answers import Answer, Finding
from tests.bot.markdown_clips import markdown
from tests.bot.markdown_clips import quote as words

TEXT = "Naïve 😀 start.\r\nThe seat is in Wiesbaden.\n"
ARTICLE = Article(
    "news/a.txt",
    "A title",
    TEXT,
    datetime.date(2024, 6, 14),
    "https://x.example/a",
    author="Anna Holm",
    updated=datetime.date(2024, 7, 1),
)
PLAIN = Article("b.txt", None, TEXT)


def quote(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return Quote(article, start, start + len(words))


def line(answer: Answer, id_: object = None) -> dict[str, Any]:
    written = answer_line(answer, id=id_, ms=1.26)
    assert "\n" not in written
    fields: dict[str, Any] = json.loads(written)
    return fields


def test_an_answer_has_the_documented_fields() -> None:
    clipping = quote(ARTICLE, "The seat is in Wiesbaden.")
    answer = Span(ARTICLE, clipping.start + 15, clipping.end - 1)
    finding = Finding(clipping, answer, 0.75, (quote(PLAIN, "The seat is in Wiesbaden."),))

    assert line(Answer("where?", (finding,), library_version="v1"), "q-7") == {
        "id": "q-7",
        "question": "where?",
        "status": "answered",
        "findings": [
            {
                "quote": {
                    "article": "news/a.txt",
                    "start": 16,
                    "end": 41,
                    "text": "The seat is in Wiesbaden.",
                    "title": "A title",
                    "headings": [],
                    "page": None,
                    "published": "2024-06-14",
                    "updated": "2024-07-01",
                    "author": "Anna Holm",
                    "parts": [{"start": 16, "end": 41, "text": "The seat is in Wiesbaden."}],
                    "more": 0,
                },
                "answer": {"start": 31, "end": 40, "text": "Wiesbaden"},
                "confidence": 0.75,
                "shown": True,
                "also": [
                    {
                        "article": "b.txt",
                        "start": 16,
                        "end": 41,
                        "text": "The seat is in Wiesbaden.",
                        "title": None,
                        "headings": [],
                        "page": None,
                        "published": None,
                        "updated": None,
                        "author": None,
                    }
                ],
            }
        ],
        "differ": False,
        "closest": [],
        "unknown_words": [],
        "about": [],
        "library": "v1",
        "ms": 1.3,
    }


def test_a_quote_with_markup_has_its_exact_parts_its_headings_and_what_is_left_out() -> None:
    text = "# Radio\n\nDo this:\n\n- Press **it** &amp; wait.\n- Go.\n"
    article = markdown(text, "Radio")
    lead_in, item = words(article, "Do this:"), words(article, "Press", "wait.")
    finding = Finding(item, words(article, "it** &amp;"), 0.5, parts=(lead_in, item), more=1)
    found = line(Answer("?", (finding, Finding(lead_in, None, 0.4))))["findings"]
    shown = found[0]["quote"]

    assert shown["text"] == "Press it & wait."
    assert found[0]["answer"]["text"] == "it &"
    assert (shown["headings"], shown["more"], shown["page"]) == (["Radio"], 1, None)
    assert [part["text"] for part in shown["parts"]] == [
        "Do this:",
        "Press ",
        "it",
        " &amp; wait.",
    ]
    assert all(text[part["start"] : part["end"]] == part["text"] for part in shown["parts"])
    assert [each["shown"] for each in found] == [True, False]


def test_a_quote_names_its_page() -> None:
    structure = Structure((Block(BlockKind.PARAGRAPH, 0, 5, page=7),))
    article = Article("a.pdf", None, "Naïve", structure=structure)
    assert line(Answer("?", closest=(Quote(article, 0, 5),)))["closest"][0]["page"] == 7


def test_what_is_not_found_has_the_same_fields() -> None:
    asked = Answer("moon?", closest=(quote(PLAIN, "Naïve"),), unknown_words=("moon",))
    found = line(asked)
    assert found["status"] == "not_found"
    assert found["findings"] == []
    assert found["closest"][0]["text"] == "Naïve"
    assert found["unknown_words"] == ["moon"]
    assert found.keys() == line(Answer("")).keys()


def test_what_records_of_articles_say_is_no_finding() -> None:
    about = About(AboutKind.AUTHOR, (ARTICLE, PLAIN))
    found = line(Answer("who wrote a title?", about=about))
    assert (found["status"], found["findings"]) == ("not_found", [])
    assert found["about"] == [
        {
            "article": "news/a.txt",
            "title": "A title",
            "published": "2024-06-14",
            "updated": "2024-07-01",
            "author": "Anna Holm",
            "url": "https://x.example/a",
        },
        dict.fromkeys(["title", "published", "updated", "author", "url"]) | {"article": "b.txt"},
    ]


def test_letters_are_written_as_they_are() -> None:
    written = answer_line(Answer("?", closest=(quote(PLAIN, "Naïve 😀"),)), id=None, ms=0)
    assert "Naïve 😀" in written


def test_a_finding_without_decisive_words_has_null_for_an_answer() -> None:
    found = line(Answer("?", (Finding(quote(PLAIN, "Naïve"), None, 0.5),)))
    assert found["findings"][0]["answer"] is None


@pytest.mark.parametrize("id_", [None, 7, "x", ["a", {"b": 1.5}], True])
def test_an_id_comes_back_unchanged(id_: object) -> None:
    (asked,) = read_questions([json.dumps({"question": "where?", "id": id_})])
    assert isinstance(asked, Asked)
    assert line(Answer(asked.text), asked.id)["id"] == id_


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), data=st.data())
def test_text_and_offsets_survive_as_json(text: str, data: st.DataObject) -> None:
    article = Article("a.txt", None, text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    written = answer_line(Answer("?", closest=(Quote(article, start, end),)), id=None, ms=0)
    found = json.loads(written.encode())["closest"][0]
    assert text[found["start"] : found["end"]] == found["text"] == text[start:end]


def test_a_line_is_a_plain_question_or_a_json_object() -> None:
    asked = read_questions(["where?\n", "\n", "  \r\n", '{"question": "when?", "more": 1}', "[1]"])
    assert list(asked) == [Asked("where?"), Asked("when?"), Asked("[1]")]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"question": ', "Line 2 is no JSON object: mend it, or write plain text."),
        ("{}", 'Line 2 has no "question" with text in it: add one.'),
        ('{"question": 7}', 'Line 2 has no "question" with text in it: add one.'),
        ('{"question": " "}', 'Line 2 has no "question" with text in it: add one.'),
        ('{"question": "\\ud83d"}', "Line 2 holds half a character (a lone surrogate): mend it."),
        ("caf\udce9", "Line 2 holds half a character (a lone surrogate): mend it."),
        ("[" * 100_000, None),
        ('{"a":' * 100_000, "Line 2 is no JSON object: mend it, or write plain text."),
    ],
)
def test_a_line_that_cannot_be_read_is_numbered_and_the_others_follow(
    bad: str, message: str | None
) -> None:
    first, second, third = read_questions(["one?", bad, "three?"])
    assert (first, third) == (Asked("one?"), Asked("three?"))
    if message is not None:
        assert isinstance(second, QuestionError)
        assert str(second) == message
