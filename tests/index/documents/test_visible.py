"""What a reader sees of a stretch, with its places."""

from __future__ import annotations

import pytest

from index.documents.markdown.finder import find_structure
from index.documents.structure import Structure
from index.documents.visible import overlapping, visible, visible_text


def test_plain_text_is_seen_as_it_stands() -> None:
    seen = visible("a *b*", None, 2, 5)
    assert (seen.text, list(seen.starts), list(seen.ends)) == ("*b*", [2, 3, 4], [3, 4, 5])
    assert seen.range(1, 2) == (3, 4)


def test_each_character_knows_where_it_stands() -> None:
    page = "**b** &amp; c"
    seen = visible(page, find_structure(page), 0, len(page))
    assert seen.text == "b & c"
    assert seen.range(2, 3) == (6, 11)
    assert seen.range(4, 5) == (12, 13)


def test_of_a_character_that_stands_nowhere_no_place_is_known() -> None:
    seen = visible("a<br>b", Structure(hidden=((1, 5),)), 0, 6)
    assert seen.text == "a b"
    assert seen.range(0, 3) == (0, 6)
    with pytest.raises(ValueError, match="none of these"):
        seen.range(1, 2)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a</b><br>b", "a b"),
        ("a</td><td>b", "a b"),
        ("a**|**b", "a b"),
        ("a</b>b", "ab"),
        ("a[[x|b", "ab"),
        ("a^[b", "a b"),
    ],
)
def test_a_blank_stands_for_markup_between_two_words(page: str, text: str) -> None:
    assert visible_text(page, Structure(hidden=((1, len(page) - 1),)), 0, len(page)) == text


def test_an_entity_that_is_cut_is_seen_once() -> None:
    structure = Structure(entities=((1, 6),))
    parts = [visible_text("a&amp;b", structure, *part) for part in ((0, 3), (3, 7))]
    assert parts == ["a&", "b"]


def test_characters_without_width_are_left_out() -> None:
    assert visible_text("re\u00adset\u200b", None, 0, 7) == "reset"


def test_ranges_that_only_touch_do_not_overlap() -> None:
    assert list(overlapping([(0, 2), (2, 4), (5, 6)], 2, 5)) == [(2, 4)]
