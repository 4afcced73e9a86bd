"""Finding the headline."""

from __future__ import annotations

import pytest

from index.documents.headline import HeadLine, find_headline, head_lines, is_headline


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
        ("Ukraine: NATO agrees a plan", True),
        ("We have the following add-ons:", False),
        ("The board of the library met,", False),
        ("| Category | Clerk (L1) | Senior clerk |", False),
        ("Category | Clerk one | Senior clerk two | Pay", False),
        ("Category\tClerk one\tSenior clerk two", False),
        ('<th style="text-align:left">How to measure it</th>', False),
        ("<!-- to be written in May -->", False),
        ("Author: Anna Holm of the harbour", False),
        ("Subject: the bridge and its toll", False),
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
    assert find_headline([HeadLine(line) for line in lines]) == (3, "The new bridge is open")


def test_the_search_for_a_headline_ends_where_prose_begins() -> None:
    assert find_headline(head_lines("It rained all day.\n\nThe new bridge is open")) is None
    assert find_headline([]) is None


def test_the_head_of_an_article_is_its_first_lines_that_are_not_empty() -> None:
    text = "\ufeffOne\r\n\n \tTwo \n" + "\n".join(map(str, range(20)))
    assert [line.text for line in head_lines(text)] == ["One", "Two", *map(str, range(10))]


def headline(text: str) -> str | None:
    found = find_headline(head_lines(text))
    return found and found[1]


@pytest.mark.parametrize(
    "text",
    [
        "The board of the Elm Street library met on the second of March in the\n"
        "old reading room, and decided to keep the building open on Sundays.\n",
        "The board of the library, which is in Elm Street, met with Mayor\n"
        "Hale and decided to keep it open.\n",
        "Half of a sentence that is\nbroken early.\n",
    ],
)
def test_half_a_wrapped_sentence_is_no_headline(text: str) -> None:
    assert headline(text + "\nThe new bridge is open\n") is None


@pytest.mark.parametrize("below", ["By Anna Holm", "von Anna Holm", "3 May 2021", "Share this"])
def test_a_headline_may_stand_directly_above_its_byline(below: str) -> None:
    title = "NATO agrees a long plan for the security of Ukraine"
    assert headline(f"{title}\n{below}\n\nIt rained all day.\n") == title


def test_fields_below_each_other_are_no_headline() -> None:
    assert headline("Invoice no: 4711 for the mill\nCustomer: Otto Brandt of Oakholm\n") is None


@pytest.mark.parametrize(
    "line",
    [
        "**The new `bridge` is open**",
        "# The new [bridge](https://x.example/bridge) is open #",
        "## The new bridge is open {#bridge}",
    ],
)
def test_a_headline_is_shown_without_markup(line: str) -> None:
    assert headline(line) == "The new bridge is open"
