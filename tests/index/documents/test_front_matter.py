"""Metadata from the head of a file."""

from __future__ import annotations

import datetime

import pytest

from index.documents.fields import NO_FIELDS
from index.documents.front_matter import has_body, split_front_matter

BODY = "Body of the article.\n"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_gives_fields_and_where_the_text_begins(mark: str, line_end: str) -> None:
    lines = ["---", 'title: "From the desk"', "date: 2023-04-05", "--- ", "Body.", ""]
    text = mark + line_end.join(lines)
    fields, body = split_front_matter(text)
    assert fields.values == {"title": "From the desk", "published": datetime.date(2023, 4, 5)}
    assert text[body:] == "Body." + line_end


@pytest.mark.parametrize(
    "block",
    [
        ": [",
        "just words",
        "- a\n- list",
        "",
        "\nThe tenant of the mill owes four months of rent: 3,200 crowns.\n",
        "\nNote: it stands between two rules.\n",
        "A line of prose.\ntitle: x",
    ],
)
@pytest.mark.parametrize("mark", ["---", "+++"])
def test_what_does_not_look_like_fields_is_text(mark: str, block: str) -> None:
    assert split_front_matter(f"{mark}\n{block}\n{mark}\n{BODY}") == (NO_FIELDS, 0)


def test_a_line_of_hyphens_later_in_the_text_is_not_front_matter() -> None:
    assert split_front_matter("Text.\n---\ntitle: x\n---\n") == (NO_FIELDS, 0)


def test_toml_between_lines_of_plus_signs_is_front_matter() -> None:
    text = f'+++\ntitle = "A night boat"\ndate = 2023-03-09T08:00:00Z\nauthors = ["I"]\n+++\n{BODY}'
    fields, body = split_front_matter(text)
    assert fields.values == {
        "title": "A night boat",
        "published": datetime.date(2023, 3, 9),
        "author": "I",
    }
    assert (fields.faults, text[body:]) == ((), BODY)


@pytest.mark.parametrize(
    "text",
    [
        "---\nlayout: post\ntitle: Ferry news: night boat\ndate: 2023-03-09\n---\n",
        "---\ntitle: 'Ferry news: night boat'\ndate: 2023-03-09\nx: [a, b\n---\n",
        "---\ntitle: Ferry news: night boat\nx:\n  - a\n- b\n\ndate: 2023-03-09\n---\n",
        "---\ntitle: Ferry news: night\n  boat\nlast seen: x\ndate: 2023-03-09\n...\n",
        '{\n  "title": "Ferry news: night boat"\n  "date": "2023-03-09",\n}\n',
        "+++\ntitle = Ferry news: night boat\ndate = 2023-03-09\n+++\n",
    ],
)
def test_front_matter_that_no_parser_takes_is_read_line_by_line(text: str) -> None:
    fields, body = split_front_matter(text + BODY)
    assert fields.values == {
        "title": "Ferry news: night boat",
        "published": datetime.date(2023, 3, 9),
    }
    assert (text + BODY)[body:] == BODY


BOMB = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 15)
)


@pytest.mark.parametrize(
    "block",
    [
        "date: 2023-13-45",
        "date: 0000-00-00 00:00:00",
        "x: " + "[" * 5000,
        "x: " + "{a: " * 5000,
        "x: " + "[" * 30 + "]" * 30,
        BOMB,
        "x: !!python/object/apply:os.system [exit]",
        "x: !unknown y",
        "date: !!timestamp 2023-13-45",
        "x: !!int y\ny: !!float z",
        "x: *undefined",
        "title: &a\n  - *a",
        "title: {a: b}",
        "title: " + "x" * 301,
        'title: "\\ud800"',
        "title: " + "x" * 1_000_000,
        "url: !!binary x",
        "x: \x07",
    ],
    ids=lambda block: block[:20],
)
def test_bad_front_matter_is_neither_quoted_nor_taken_nor_expanded(block: str) -> None:
    text = f"---\nauthor: Ines Hale\n{block}\n---\n{BODY}"
    fields, body = split_front_matter(text)
    assert text[body:] == BODY
    assert "title" not in fields.values
    if block.startswith(("date", "title")):
        (name, why), *more = fields.faults
        assert name in {"date", "title", ""}
        assert why
        assert not more


def test_a_merge_bomb_in_other_fields_leaves_the_title() -> None:
    fields, _ = split_front_matter(f"---\ntitle: Fine\n{BOMB}---\n{BODY}")
    assert fields.values == {"title": "Fine"}
    assert fields.faults == ()


FERRY = {"title": "Ferry news", "published": datetime.date(2023, 3, 9)}


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Ferry news\ndate: 2023-03-09\n...\n",
        "\ufeff\n \n---\ntitle: Ferry news\ndate: 2023-03-09\n---\n",
        "+++\ntitle = 'Ferry news'\ndate = 2023-03-09\n[params]\nx = 1\n+++\n",
        ';;;\n{"title": "Ferry news", "date": "2023-03-09"}\n;;;\n',
        '{\n  "title": "Ferry news",\n  "date": "2023-03-09"\n}\n',
        "Title: Ferry news\nDate: 2023-03-09\n\n",
        "Date: 9 March 2023\nTitle: Ferry news\nLayout: post\nDock: 4\n\n",
        "Title:  Ferry\n  news\nDate:   2023-03-09\nPier: 9\nBoats: 2\n\n",
    ],
)
def test_front_matter_has_many_forms(head: str) -> None:
    fields, body = split_front_matter(head + BODY)
    assert (fields.values, fields.faults) == (FERRY, ())
    assert (head + BODY)[body:] == BODY


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThe tenant owes four months: 3,200 crowns.\n\n---\n\nHe pays in June.\n",
        "---\nAttention: the pool is closed: it leaks.\n---\nIt opens in June.\n",
        "---\nSummary: The pool is closed.\n---\nIt opens in June.\n",
        '{\n  "pool": "closed"\n}\nIt opens in June.\n',
        "{% include pool %}\n}\nIt opens in June.\n",
        "Summary: The pool is closed until June.\n\nIt leaks.\n",
        "By: Anna Holm\n\nThe pool is closed.\n",
        "Anna: The pool is closed.\nBo: Until when?\n\nThey left.\n",
        "Date: 3 May 2021\nPresent: Anna, Bo\nChair: Cy\n\nThe pool is closed.\n",
        "Title: The pool\nDate: 3 May 2021\n",
        "Title: The pool\nIt is closed.\n\nIt leaks.\n",
        "https://pool.example\nDate: 3 May 2021\n\nThe pool.\n",
    ],
)
def test_prose_and_lists_at_the_head_of_a_file_are_text(text: str) -> None:
    assert split_front_matter(text) == (NO_FIELDS, 0)


def test_lists_and_folded_text_are_read_by_the_parser_and_line_by_line() -> None:
    block = (
        "{}tags:\n  - harbour\n  - 'ferry boats'\nauthors:\n- Anna Holm\n- Bo Lind\n"
        "summary: >\n  A night\n  boat.\n"
    )
    for slip in ("", "layout: a: b\n"):
        fields, _ = split_front_matter(f"---\n{block.format(slip)}---\n{BODY}")
        assert fields.values == {
            "author": "Anna Holm, Bo Lind",
            "tags": ("harbour", "ferry boats"),
            "description": "A night boat.",
        }


def test_a_file_with_front_matter_alone_has_no_body() -> None:
    text = "---\ntitle: x\n---\n\n"
    _, body = split_front_matter(text)
    assert not has_body(text, body)
    assert has_body(text + "Body.", body)
