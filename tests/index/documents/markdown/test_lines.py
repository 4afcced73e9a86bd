"""Where the content that a parser hands out stands in the text."""

from __future__ import annotations

import pytest

from index.documents.markdown.lines import (
    Lines,
    hidden_ranges,
    seen_characters,
    visible_ranges,
)


@pytest.mark.parametrize(
    ("text", "content", "first"),
    [
        ("> a b\n> c", "a b\nc", 0),
        ("x\r\n  - a\r\n    b", "a\nb", 1),
        ("x\r\ra", "a", 2),
        ("😀\n\t  code", "code", 1),
    ],
)
def test_each_character_is_found_at_its_place(text: str, content: str, first: int) -> None:
    places = Lines(text, 0).places(content, first)
    found = [
        (char, text[place]) for char, place in zip(content, places, strict=True) if char != "\n"
    ]
    assert all(char == there for char, there in found)


def test_lines_are_counted_from_where_the_part_begins() -> None:
    assert Lines("front\nbody\nend", 6).range(1) == (11, 14)
    assert Lines("a", 0).range(7) == (0, 1)


def test_ranges_that_overlap_hide_a_character_once() -> None:
    assert seen_characters(5, [(3, 4), (0, 2), (1, 2)]) == [False, False, True, False, True]


def test_neighbouring_places_are_one_range() -> None:
    assert visible_ranges([2, 3, 7, 8], [True, True, False, True]) == [(2, 4), (8, 9)]


def test_what_lies_between_visible_ranges_is_hidden_without_its_blanks() -> None:
    assert hidden_ranges("--- **a** \n", 4, [(6, 7)]) == [(0, 3), (4, 6), (7, 9)]
