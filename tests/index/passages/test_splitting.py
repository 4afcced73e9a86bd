"""Sentences and passages lose and invent nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.article import Article
from index.passages.passages import split_passages
from index.passages.sentences import split_sentences

# Every kind of line end and white space that Python knows, what ends sentences, and the rest.
_ODD = "\n\r\t \x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u200b\ufeff .!?…。“”\"'()-—*"
texts = st.text(
    st.sampled_from(_ODD) | st.sampled_from("abC1é") | st.characters(exclude_categories=["Cs"]),
    max_size=200,
)
proses = st.lists(
    st.sampled_from(
        [
            "Mr. Orban met them.",
            "It cost $4.5 bn!",
            "“Why?” she said.",
            "\r\n",
            "\r",
            "\n\n",
            "\x85",
        ]
    ),
    max_size=30,
).map(" ".join)


def article(text: str) -> Article:
    return Article("a.txt", None, text)


def bare(text: str) -> str:
    return "".join(text.split())


@given(text=texts | proses, max_chars=st.integers(min_value=1, max_value=50))
def test_passages_cover_the_article_in_order(text: str, max_chars: int) -> None:
    passages = split_passages(article(text), max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(passages))
    assert all(len(p.text) <= max_chars and p.text == p.text.strip() for p in passages)
    assert bare("".join(p.text for p in passages)) == bare(text)


@given(text=texts | proses, max_chars=st.integers(min_value=1, max_value=50))
def test_sentences_cover_the_article_in_order(text: str, max_chars: int) -> None:
    sentences = split_sentences(article(text), max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(sentences))
    assert all(len(s.text) <= max_chars and s.text == s.text.strip() for s in sentences)
    assert bare("".join(s.text for s in sentences)) == bare(text)


@given(text=texts | proses, max_chars=st.integers(min_value=1, max_value=900))
def test_no_passage_cuts_a_sentence(text: str, max_chars: int) -> None:
    whole = article(text)
    passages = split_passages(whole, max_chars=max_chars)
    for sentence in split_sentences(whole, max_chars=min(max_chars, 600)):
        assert sum(passage.covers(sentence) for passage in passages) == 1


@given(front=texts, body=texts)
def test_what_stands_before_the_body_is_in_no_passage(front: str, body: str) -> None:
    whole = Article("a.txt", None, front + body, body=len(front))
    for span in [*split_passages(whole), *split_sentences(whole)]:
        assert span.start >= len(front)


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


def test_short_paragraphs_are_joined_and_long_ones_are_cut_between_sentences() -> None:
    short = "\n\n".join(["One two three."] * 4)
    assert [p.text for p in split_passages(article(short), max_chars=100)] == [short]

    long = "This sentence has thirty letters. " * 6
    passages = split_passages(article(long), max_chars=100)
    assert len(passages) == 3
    assert {p.text.count(".") for p in passages} == {2}


def test_a_line_of_100_kilobytes_is_cut_at_white_space() -> None:
    line = "word " * 20_000
    passages = split_passages(article(line))
    assert max(len(p.text) for p in passages) <= 800
    assert all(set(p.text.split()) == {"word"} for p in passages)
