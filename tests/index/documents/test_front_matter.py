"""Metadata from the head of a file."""

from __future__ import annotations

import datetime

import pytest

from index.documents.front_matter import split_front_matter


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_gives_fields_and_where_the_text_begins(mark: str, line_end: str) -> None:
    lines = ["---", 'title: "From the desk"', "date: 2023-04-05", "--- ", "Body.", ""]
    text = mark + line_end.join(lines)
    fields, body = split_front_matter(text)
    assert fields == {"title": "From the desk", "date": datetime.date(2023, 4, 5)}
    assert text[body:] == "Body." + line_end


@pytest.mark.parametrize(
    "block",
    [
        ": [",
        "just words",
        "- a\n- list",
        "",
        "date: 2023-13-45",
        "date: 2023-04-05 25:61:00",
        "x: " + "[" * 5000,
    ],
)
def test_front_matter_that_cannot_be_read_is_text(block: str) -> None:
    assert split_front_matter(f"---\n{block}\n---\nBody of the article.\n") == ({}, 0)


def test_a_line_of_hyphens_later_in_the_text_is_not_front_matter() -> None:
    assert split_front_matter("Text.\n---\ntitle: x\n---\n") == ({}, 0)
