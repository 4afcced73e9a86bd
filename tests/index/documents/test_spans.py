"""Spans are ranges of an article; an invalid range cannot be built."""

from __future__ import annotations

import pytest

from index.documents.article import Article
from index.documents.spans import Quote, Span

ARTICLE = Article("a.txt", None, "Naïve 😀 text.")


def test_a_span_shows_the_characters_of_its_range() -> None:
    assert Span(ARTICLE, 6, 7).text == "😀"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 14), (20, 21)])
def test_a_range_that_is_empty_or_outside_cannot_be_built(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"a\.txt"):
        Quote(ARTICLE, start, end)


def test_spans_of_equal_texts_in_different_articles_are_different() -> None:
    twin = Article("a.txt", None, ARTICLE.text)
    assert Quote(ARTICLE, 0, 5) != Quote(twin, 0, 5)
    assert not Quote(ARTICLE, 0, 5).overlaps(Quote(twin, 0, 5))
    assert not Quote(ARTICLE, 0, 5).covers(Quote(twin, 0, 5))


def test_neighbours_do_not_overlap() -> None:
    assert not Span(ARTICLE, 0, 5).overlaps(Span(ARTICLE, 5, 7))
    assert Span(ARTICLE, 0, 6).overlaps(Span(ARTICLE, 5, 7))


def test_a_span_covers_itself_and_what_lies_inside() -> None:
    assert Span(ARTICLE, 0, 5).covers(Span(ARTICLE, 0, 5))
    assert not Span(ARTICLE, 0, 5).covers(Span(ARTICLE, 0, 6))


def test_the_text_does_not_show_in_the_representation_of_a_span() -> None:
    assert "Naïve" not in repr(Quote(ARTICLE, 0, 5))
