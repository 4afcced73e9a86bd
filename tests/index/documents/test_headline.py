"""Finding the headline."""

from __future__ import annotations

import pytest

from index.documents.headline import find_headline, head_lines, is_headline


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("NATO agrees plan for Ukraine", True),
        ("Who pays for the bridge?", True),
        ("They did it again!", True),
        ("Too few words", False),
        ("This is a sentence of prose.", False),
        ("“This is what she said.”", False),
        ("word " * 41, False),
        ("- An item of a list", False),
        ("Published on 3 May 2021", False),
        ("Roman Pilipei/AFP/Getty Images", False),
    ],
)
def test_a_headline_has_some_words_and_does_not_end_like_prose(line: str, found: bool) -> None:
    assert is_headline(line) is found


def test_the_headline_is_found_below_other_lines_without_markdowns_marks() -> None:
    lines = [
        "Share this",
        "June 14, 2024",
        "Short",
        "## The new bridge is open",
        "Another line of it",
    ]
    assert find_headline(lines) == (3, "The new bridge is open")


def test_the_search_for_a_headline_ends_where_prose_begins() -> None:
    assert find_headline(["It rained all day.", "The new bridge is open"]) is None
    assert find_headline([]) is None


def test_the_head_of_an_article_is_its_first_lines_that_are_not_empty() -> None:
    text = "\ufeffOne\r\n\n \tTwo \n" + "\n".join(map(str, range(20)))
    assert head_lines(text) == ["One", "Two", *map(str, range(10))]
