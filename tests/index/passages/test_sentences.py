"""Sentences lose and invent nothing, and end where a reader ends them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.article import Article
from index.passages.sentences import split_sentences
from tests.index.passages.texts import article, bare, prose, texts


@given(text=texts | prose, max_chars=st.integers(min_value=1, max_value=50))
def test_sentences_cover_the_article_in_order(text: str, max_chars: int) -> None:
    sentences = split_sentences(article(text), max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(sentences))
    assert all(len(s.text) <= max_chars and s.text == s.text.strip() for s in sentences)
    assert bare("".join(s.text for s in sentences)) == bare(text)


@given(front=texts, body=texts)
def test_what_stands_before_the_body_is_in_no_sentence(front: str, body: str) -> None:
    whole = Article("a.txt", None, front + body, body=len(front))
    assert all(sentence.start >= len(front) for sentence in split_sentences(whole))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Orban came. He left.", ["Mr. Orban came.", "He left."]),
        ("The U.S. sent aid. It came late.", ["The U.S. sent aid.", "It came late."]),
        ("It cost 4.5 dollars. Nobody paid.", ["It cost 4.5 dollars.", "Nobody paid."]),
        ("Who? Me!\r\nYou.", ["Who?", "Me!", "You."]),
        ("A title\rA line\x85Another", ["A title", "A line", "Another"]),
        ("One\x1ctwo\x1dthree\x1efour\x0bfive", ["One", "two", "three", "four", "five"]),
        (" \t\n\u2003", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(article(text))] == sentences


def test_marks_that_stand_alone_stay_with_the_sentence_before_them() -> None:
    found = split_sentences(article("He said “Stop!” … “Go on.” She went."))
    assert all(any(char.isalnum() for char in sentence.text) for sentence in found)


def test_lines_wrapped_at_a_fixed_width_are_read_as_one_paragraph() -> None:
    text = (
        "This is a paragraph that somebody wrote in an editor which breaks each\n"
        "line at about seventy characters, so that no sentence ends where a line\n"
        "does. The second sentence begins in the middle of the third of the lines."
    )
    first, second = split_sentences(article(text))
    assert first.text.startswith("This is")
    assert first.text.endswith("does.")
    assert second.text.startswith("The second")
