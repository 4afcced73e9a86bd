"""What a passage is found by."""

from __future__ import annotations

from index.documents.article import Article
from index.documents.spans import Passage
from index.passages.indexed_text import CREDIT_WORDS, indexed_text


def passage(text: str, title: str | None) -> Passage:
    return Passage(Article("a.txt", title, text), 0, len(text))


def test_a_passage_is_found_by_its_articles_title() -> None:
    assert indexed_text(passage("It opened.", "The new bridge")) == "The new bridge\nIt opened."
    assert indexed_text(passage("It opened.", None)) == "It opened."


def test_a_title_that_stands_in_the_passage_counts_once() -> None:
    text = "The new bridge\nIt opened."
    assert indexed_text(passage(text, "The new bridge")) == text


def test_a_picture_with_a_credit_is_found_by_the_words_for_one() -> None:
    text = "Roman Pilipei/AFP/Getty Images\nSoldiers fire."
    assert indexed_text(passage(text, None)) == text + CREDIT_WORDS
