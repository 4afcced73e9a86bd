"""What stands around a stretch of an article."""

from __future__ import annotations

import pytest

from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.documents.outline import (
    heading_texts,
    owner_texts,
    section_of,
    structure_of,
    visible_runs,
)
from index.documents.spans import Span

PAGE = "# The *top*\n\n## Q&amp;A\n\n**Why?**\n\nBecause of:\n\n- one\n- **two** [x](y)\n"


def _span(words: str, page: str = PAGE) -> Span:
    article = Article("a.md", None, page, structure=find_structure(page))
    return Span(article, page.index(words), page.index(words) + len(words))


def test_headings_and_owners_are_what_a_reader_sees_of_them() -> None:
    assert heading_texts(_span("one")) == ("The top", "Q&A")
    assert owner_texts(_span("one")) == ("Why?", "Because of:")
    assert owner_texts(_span("Because of:\n\n- one")) == ("Why?",)


def test_a_section_is_what_stands_under_one_heading_or_answers_one_question() -> None:
    because = _span("Because")
    start = PAGE.index("two")
    section = section_of(because)
    assert section == section_of(Span(because.article, start, start + 3))
    assert section != section_of(Span(because.article, 0, 5))
    assert (section.heading, section.question) == (1, 2)


def test_runs_are_what_is_seen_of_a_span() -> None:
    span = _span("**two** [x](y)")
    runs = [span.article.text[start:end] for start, end in visible_runs(span)]
    assert runs == ["two", "x"]


def test_an_article_that_nobody_looked_at_has_the_structure_of_plain_text() -> None:
    article = Article("a.txt", None, "# one\n\ntwo")
    assert [block.heading for block in structure_of(article).blocks] == [None, None]
    assert structure_of(article) is structure_of(article)


@pytest.mark.parametrize("depth", [3, 1000])
def test_a_chain_of_lead_ins_is_followed_for_a_while(depth: int) -> None:
    found = find_structure("So:\n\n" * depth + "End.")
    assert len(found.owners_of(depth)) == min(depth, 12)
    assert found.owners_of(depth)[-1] == depth - 1
