"""The sentences around a clipping, as the article has them."""

from __future__ import annotations

from bot.page.context import with_context
from index.documents.article import Article
from index.documents.spans import Quote

TEXT = "One came. Two went. Three stayed. Four left. Five slept. Six woke. Seven ran."


def around(words: str, text: str = TEXT, body: int = 0) -> str:
    start = text.index(words)
    article = Article("a.txt", None, text, body=body)
    return with_context(Quote(article, start, start + len(words))).text


def test_two_sentences_before_and_after_are_shown() -> None:
    assert around("Four left.") == "Two went. Three stayed. Four left. Five slept. Six woke."


def test_at_the_ends_of_an_article_fewer_sentences_are_shown() -> None:
    assert around("One came.") == "One came. Two went. Three stayed."
    assert around("Seven ran.") == "Five slept. Six woke. Seven ran."


def test_front_matter_is_not_shown_as_context() -> None:
    text = "title: Numbers. date: today. " + TEXT
    assert around("One came.", text, body=29) == "One came. Two went. Three stayed."
