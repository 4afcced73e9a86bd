"""Questions about the articles themselves: how they are recognised, and what their records say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.documents.article import Article
from index.documents.spans import Quote
from index.library.compile import compile_library
from retrieval.about_articles import About, find_about
from retrieval.about_wordings import AboutKind, asked_about
from retrieval.own_lines import own_line
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from index.library.library import Library

DAY, LATER = dt.date(2024, 5, 3), dt.date(2024, 6, 1)
BOAT = Article(
    "news.md", "Ferry news: night boat", "It sails.", DAY, author="Anna Holm", updated=LATER
)
PAY = Article("money.md", "Pay bands", "Staff of the harbour are paid.", author="Bo Lind")
POOL = Article("pool.md", "Pool hours in winter", "It opens at seven.", tags=("harbour", "swim"))


def library(*articles: Article) -> Library:
    return compile_library(articles, WordEncoder(), version="v")


LIBRARY = library(BOAT, PAY, POOL)


def about(question: str, articles: Library = LIBRARY, clipping: str = "") -> About | None:
    quote = Quote(Article("c.txt", None, clipping), 0, len(clipping)) if clipping else None
    return find_about(question, articles, quote)


@pytest.mark.parametrize(
    ("question", "asked", "title"),
    [
        ("Who wrote the article about the night boat?", AboutKind.AUTHOR, "night boat"),
        ("who wrote “Ferry news”?", AboutKind.AUTHOR, "Ferry news"),
        ("Who is the author of Pay bands?", AboutKind.AUTHOR, "Pay bands"),
        ("Who's the author of Pay bands", AboutKind.AUTHOR, "Pay bands"),
        ("By whom was Pay bands written?", AboutKind.AUTHOR, "Pay bands"),
        ("Wer hat den Artikel über die Fähre geschrieben?", AboutKind.AUTHOR, "Fähre"),
        ("Wer schrieb „Fähre“?", AboutKind.AUTHOR, "Fähre"),
        ("Wer ist die Autorin von Fähre?", AboutKind.AUTHOR, "Fähre"),
        ("Von wem stammt der Text Fähre?", AboutKind.AUTHOR, "Fähre"),
        ("When was Pay bands published?", AboutKind.PUBLISHED, "Pay bands"),
        ("When did Pay bands come out?", AboutKind.PUBLISHED, "Pay bands"),
        ("Wann ist der Artikel Fähre erschienen?", AboutKind.PUBLISHED, "Fähre"),
        ("Wann wurde Fähre veröffentlicht?", AboutKind.PUBLISHED, "Fähre"),
        ("When was the Pay bands page last updated?", AboutKind.UPDATED, "Pay bands"),
        ("Wann wurde die Seite Fähre zuletzt geändert?", AboutKind.UPDATED, "Fähre"),
        ("What do you have on ferries?", AboutKind.ARTICLES, "ferries"),
        ("Which articles are there about Oakholm?", AboutKind.ARTICLES, "Oakholm"),
        ("Do you have anything about the pool?", AboutKind.ARTICLES, "pool"),
        ("List all pages on pay.", AboutKind.ARTICLES, "pay"),
        ("Was habt ihr zur Fähre?", AboutKind.ARTICLES, "Fähre"),
        ("Gibt es etwas über das Hallenbad?", AboutKind.ARTICLES, "Hallenbad"),
        ("Who opened the bridge?", None, ""),
        ("When was the bridge opened?", None, ""),
        ("Who wrote?", None, ""),
        ("Was ist die Fähre?", None, ""),
    ],
)
def test_a_question_about_articles_is_recognised_by_its_wording(
    question: str, asked: AboutKind | None, title: str
) -> None:
    assert asked_about(question) == (asked, title)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Who wrote Pay bands?", PAY),
        ("Who wrote the article on the night boat?", BOAT),
        ("Who wrote ferry news: the night boat?", BOAT),
        ("When was Ferry news published?", BOAT),
        ("When was the night boat article updated?", BOAT),
        ("When was Pay bands published?", None),  # its record has no date
        ("Who wrote Pool hours in winter?", None),
        ("Who wrote the boat?", None),  # a word of many in a title is not enough
        ("Who wrote the tunnel?", None),
    ],
)
def test_an_article_is_meant_by_its_title_and_its_record_must_have_what_is_asked(
    question: str, article: Article | None
) -> None:
    found = about(question)
    assert (found and found.articles) == (article and (article,))


def test_where_two_titles_fit_as_well_neither_is_meant() -> None:
    articles = library(
        replace(PAY, slug="1.md", title="Pay bands of clerks"),
        replace(PAY, slug="2.md", title="Pay bands of cooks"),
    )
    assert about("Who wrote pay bands?", articles) is None
    assert about("Who wrote pay bands of cooks?", articles) == About(
        AboutKind.AUTHOR, articles.articles[1:]
    )


def test_articles_that_share_their_title_are_all_meant() -> None:
    articles = library(PAY, replace(PAY, slug="old.md", author="Cy Moe"))
    assert about("Who wrote Pay bands?", articles) == About(AboutKind.AUTHOR, articles.articles)


@pytest.mark.parametrize("title", [None, "Timetable of the summer"])
def test_an_article_is_meant_by_the_name_of_its_file_as_well(title: str | None) -> None:
    articles = library(PAY, Article("a/night_boat.md", title, "It sails.", author="Anna Holm"))
    found = About(AboutKind.AUTHOR, articles.articles[1:])
    assert about("Who wrote the page about the night boat?", articles) == found


def test_articles_on_a_subject_name_it_in_their_title_then_their_record_then_their_text() -> None:
    harbour = Article("the_harbour.md", "A deep place", "It is wide.")
    found = about("What do you have on the harbour?", library(BOAT, PAY, POOL, harbour))
    assert found == About(AboutKind.ARTICLES, (harbour, POOL, PAY))
    assert about("What do you have on tunnels?") is None


@pytest.mark.parametrize(
    ("clipping", "found"),
    [
        ("Pay bands were written by Otto.", None),
        ("Otto ist der Autor.", None),
        ("Staff are paid by Otto.", About(AboutKind.AUTHOR, (PAY,))),
    ],
)
def test_a_record_takes_the_place_of_a_clipping_that_does_not_speak_of_what_is_asked(
    clipping: str, found: About | None
) -> None:
    assert about("Who wrote Pay bands?", clipping=clipping) == found


def test_a_list_of_articles_stands_beside_any_clipping() -> None:
    listed = about("What do you have on pay?", clipping="Otto wrote it.")
    assert listed == About(AboutKind.ARTICLES, (PAY,))


@pytest.mark.parametrize(
    ("text", "author", "line"),
    [
        ("By Anna Holm\n\nIt sails.", None, "By Anna Holm"),
        ("The boat\n\n*Written by Anna Holm and Bo Lind, 3 May 2024*", None, "*Written by"),
        ("**Author:** Anna Holm", None, "**Author:**"),
        ("von Anna von Holm | 3. Mai 2024", None, "von Anna"),
        ("Words by Holm, Anna", "Anna Holm", "Words by"),
        ("By Cy Moe", "Anna Holm", None),
        ("By boat to Oakholm", None, None),
        ("By Tuesday it sails.", None, None),
        ("It sails.\n" * 12 + "By Anna Holm", None, None),
    ],
)
def test_a_byline_among_the_first_lines_names_the_author(
    text: str, author: str | None, line: str | None
) -> None:
    found = own_line(Article("a.txt", "Boat", text, author=author), AboutKind.AUTHOR)
    assert (found and found.text.startswith(line or "?")) is (True if line else None)


def test_a_line_with_the_date_of_the_article_is_its_own() -> None:
    text = "---\nx\n---\nThe boat\n\n3 May 2024\nUpdated: 1 June 2024\n\nIt sails."
    article = replace(BOAT, text=text, body=10)
    published, updated = (
        own_line(article, each) for each in (AboutKind.PUBLISHED, AboutKind.UPDATED)
    )
    assert published is not None
    assert updated is not None
    assert (published.text, updated.text) == ("3 May 2024", "Updated: 1 June 2024")
    assert own_line(replace(article, published=None), AboutKind.PUBLISHED) is None


def test_an_articles_own_line_is_found_though_its_record_does_not_say() -> None:
    articles = library(Article("a.txt", "Night boat", "By Anna Holm\n\nIt sails."))
    found = about("Who wrote Night boat?", articles)
    assert found is not None
    assert found.articles == ()
    assert found.line is not None
    assert found.line.text == "By Anna Holm"
