"""The lines that a web page prints around its article."""

from __future__ import annotations

import pytest

from index.documents.boilerplate import is_boilerplate, is_credit, opens_a_listing


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "12 comments",
        "  Share this on Facebook ",
        "Read more: the other story of the day",
        "Photo: Jo Doe",
        "© 2024 The Paper",
        "* * *",
        "",
    ],
)
def test_phrases_of_a_web_page_credits_and_lines_without_words_are_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line", ["He left a reply on the desk.", "Trending towards peace", "The source of the river"]
)
def test_a_line_that_only_begins_like_boilerplate_is_not(line: str) -> None:
    assert not is_boilerplate(line)


def test_a_credit_names_who_took_a_picture() -> None:
    assert is_credit("Roman Pilipei/AFP/Getty Images")
    assert is_credit("Photo by Jo Doe/Reuters")
    assert not is_credit("He read the news and/or the paper.")


def test_a_listing_is_opened_by_its_label_alone() -> None:
    assert opens_a_listing(" Read more: ")
    assert opens_a_listing("Related stories")
    assert not opens_a_listing("Read more about the bridge")
