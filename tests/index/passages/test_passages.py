"""Passages lose and invent nothing, and cut no sentence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.documents.article import Article
from index.passages.passages import split_passages
from index.passages.sentences import split_sentences
from tests.index.passages.texts import article, bare, prose, seen, texts


@given(text=texts | prose, max_chars=st.integers(min_value=1, max_value=50))
def test_passages_cover_the_article_in_order(text: str, max_chars: int) -> None:
    passages = split_passages(article(text), max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(passages))
    assert all(len(p.text) <= max_chars and p.text == p.text.strip() for p in passages)
    assert bare("".join(p.visible for p in passages)) == seen(text)


@given(text=texts | prose, max_chars=st.integers(min_value=1, max_value=900))
def test_no_passage_cuts_a_sentence(text: str, max_chars: int) -> None:
    whole = article(text)
    passages = split_passages(whole, max_chars=max_chars)
    for sentence in split_sentences(whole, max_chars=min(max_chars, 600)):
        assert sum(passage.covers(sentence) for passage in passages) == 1


@given(front=texts, body=texts)
def test_what_stands_before_the_body_is_in_no_passage(front: str, body: str) -> None:
    whole = Article("a.txt", None, front + body, body=len(front))
    assert all(passage.start >= len(front) for passage in split_passages(whole))


def test_short_paragraphs_are_joined_and_long_paragraphs_are_cut_between_sentences() -> None:
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
