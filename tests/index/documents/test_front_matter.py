"""Metadata from the head of a file."""

from __future__ import annotations

import pytest

from index.documents.fields import NO_FIELDS
from index.documents.front_matter import split_front_matter

BODY = "Body of the article.\n"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_gives_fields_and_where_the_text_begins(mark: str, line_end: str) -> None:
    lines = ["---", 'title: "From the desk"', "date: 2023-04-05", "--- ", "Body.", ""]
    text = mark + line_end.join(lines)
    fields, body = split_front_matter(text)
    assert fields.values == {"title": "From the desk", "date": "2023-04-05"}
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
    assert (fields.values["title"], str(fields.values["date"])[:10]) == (
        "A night boat",
        "2023-03-09",
    )
    assert (fields.faults, text[body:]) == ((), BODY)


@pytest.mark.parametrize(
    "text",
    [
        "---\nlayout: post\ntitle: Ferry news: night boat\ndate: 2023-03-09\n---\n",
        "---\ntitle: 'Ferry news: night boat'\ndate: 2023-03-09\ntags: [a, b\n---\n",
        "---\ntitle: Ferry news: night boat\ntags:\n  - a\n- b\n\ndate: 2023-03-09\n---\n",
        "+++\ntitle = Ferry news: night boat\ndate = 2023-03-09\n+++\n",
    ],
)
def test_front_matter_that_no_parser_takes_is_read_line_by_line(text: str) -> None:
    fields, body = split_front_matter(text + BODY)
    assert fields.values == {"title": "Ferry news: night boat", "date": "2023-03-09"}
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
