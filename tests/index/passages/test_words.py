"""Articles and questions are cut into words in the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages.words import plain_words, words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("NATO’s Secretary-General", ["nato", "secretary", "general"]),
        ("The U.S. and the E.U.", ["the", "us", "and", "the", "eu"]),
        ("ﬁnance ２０２４", ["finance", "2024"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("価格は", ["価", "格", "は"]),
        ("snake_case 3.5%", ["snake", "case", "3", "5"]),
        ("🙂 — !", []),
    ],
)
def test_text_is_cut_into_lower_case_words(text: str, cut: list[str]) -> None:
    assert plain_words(text) == cut


def test_forms_of_a_word_share_a_stem_and_stop_words_are_left_out() -> None:
    assert words("The plans were planned") == words("planning a plan")


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert all(word and word == word.casefold() for word in plain_words(text))
