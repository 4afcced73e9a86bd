"""Filling the fields of an article: what wins over what."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from index.documents.article import Article
from index.documents.fields import usable
from index.documents.folder import read_article
from index.documents.formats.contents import Contents
from index.documents.metadata import build_article

SEEDS = Path(__file__).parents[3] / "seeds"


def built(text: str, sidecar: dict[str, object], **metadata: object) -> Article:
    return build_article("a.txt", "digest", Contents(text, 0, usable(metadata)), usable(sidecar))


@pytest.mark.parametrize(
    ("number", "title", "published"),
    [
        (
            "000",
            "NATO Reaches Agreement on New Security and Training Plan for Ukraine",
            "2024-06-14",
        ),
        ("001", "NATO Defense Ministers Discuss Ukraine’s Security Aid And Training Plan", None),
        ("002", "NATO agrees plan for Ukraine Security Assistance", None),
        ("003", None, None),
        ("004", None, None),
    ],
)
def test_the_seeds_have_the_titles_and_dates_that_a_reader_sees(
    number: str, title: str | None, published: str | None
) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    article = read_article(SEEDS, path)
    assert isinstance(article, Article)
    assert article.title == title
    assert (article.published and article.published.isoformat()) == published


def test_a_sidecar_wins_over_front_matter_and_both_over_the_first_lines() -> None:
    text = "A headline of some words\n\nJune 14, 2024\n"
    first_lines = built(text, {})
    assert first_lines.title == "A headline of some words"
    assert first_lines.published == datetime.date(2024, 6, 14)

    front = built(text, {}, title="Front", date=datetime.date(2023, 4, 5), url="https://x.example")
    assert (front.title, front.url) == ("Front", "https://x.example")
    assert front.published == datetime.date(2023, 4, 5)

    beside = built(text, {"title": "Real\n title", "published": "3 May 2021"}, title="Front")
    assert beside.title == "Real title"
    assert beside.published == datetime.date(2021, 5, 3)


def test_a_field_that_cannot_be_used_leaves_what_the_first_lines_show() -> None:
    text = "A headline of some words\n\nJune 14, 2024\n"
    article = built(text, {"title": 7, "published": "soon", "url": ["x"]})
    assert article.title == "A headline of some words"
    assert article.published == datetime.date(2024, 6, 14)
    assert article.url is None


def test_a_date_above_the_title_is_the_pages_own() -> None:
    text = "Tuesday, November 19, 2024\n\nA headline of some words\n\nThe prose begins here.\n"
    assert built(text, {}).published is None


def test_an_article_without_a_headline_has_no_date_either() -> None:
    article = built("June 14, 2024\n\nShort.\n\nJune 15, 2024\n", {})
    assert (article.title, article.published) == (None, None)


def test_every_field_of_the_metadata_is_in_the_article() -> None:
    article = built(
        "The pool is open.",
        {"Last-Modified": "2024-05-04", "keywords": "pool, summer"},
        authors=[{"name": "Anna Holm"}, "Bo Lind"],
        summary="Where to\nswim.",
    )
    assert article.author == "Anna Holm, Bo Lind"
    assert article.updated == datetime.date(2024, 5, 4)
    assert article.tags == ("pool", "summer")
    assert article.description == "Where to swim."


def test_a_date_below_the_title_wins_over_the_name_of_the_file() -> None:
    text = "A headline of some words\n\n{}\n\nThe prose begins here.\n"
    for line, published, updated in (
        ("3 May 2021", "2021-05-03", None),
        ("Updated: 3 May 2021", "2020-01-02", "2021-05-03"),
    ):
        contents = Contents(text.format(line), 0, usable({}))
        article = build_article("2020-01-02-a.txt", "digest", contents, usable({}))
        assert str(article.published) == published
        assert (article.updated and str(article.updated)) == updated
