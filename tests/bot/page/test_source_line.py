"""The line under a clipping, the same for Slack, Discord and the terminal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.page.layout import Clip
from bot.page.phrases import ENGLISH, GERMAN
from bot.page.source_line import MAX_ALSO, about_lines, source_line
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind

FIRM = Article("a.txt", "The firm", "It moves.", dt.date(2024, 6, 4), "https://paper.example/firm")
CLIP = Clip(Quote(FIRM, 0, 9))


def named(title: str | None, slug: str = "b.txt") -> Quote:
    return Quote(Article(slug, title, "It moves."), 0, 9)


def test_a_line_has_the_title_its_address_and_the_date() -> None:
    line = source_line(CLIP, ENGLISH)
    assert line.title == "The firm"
    assert line.url == "https://paper.example/firm#:~:text=It%20moves."
    assert line.details == ("2024-06-04",)


def test_an_article_without_title_date_and_address_is_called_by_its_file() -> None:
    line = source_line(Clip(named(None)), ENGLISH)
    assert (line.title, line.url, line.details) == ("b.txt", None, ())


def test_an_address_longer_than_the_platform_takes_is_left_out() -> None:
    assert source_line(CLIP, ENGLISH, max_url_chars=20).url is None


def test_the_notes_follow_the_date_in_the_reader_s_language() -> None:
    clip = replace(CLIP, shortened=True, also=(named("Beta"), named("Gamma")))
    assert source_line(clip, ENGLISH).details == (
        "2024-06-04",
        "(shortened)",
        "also in Beta; Gamma",
    )
    assert source_line(clip, GERMAN).notes == ("(gekürzt)", "auch in Beta; Gamma")


def test_a_title_is_named_once_and_no_more_than_five_are_named() -> None:
    twice = source_line(replace(CLIP, also=(named("Beta"), named("Beta", "c.txt"))), ENGLISH)
    assert twice.notes == ("also in Beta",)
    many = tuple(named(f"T{number}") for number in range(MAX_ALSO + 3))
    assert source_line(replace(CLIP, also=many), ENGLISH).notes == ("also in T0; T1; T2; T3; T4",)


def test_a_title_cannot_begin_a_new_line() -> None:
    clip = replace(CLIP, also=(named("One\nTwo"),))
    assert source_line(clip, ENGLISH).notes == ("also in One Two",)


UPDATED = replace(FIRM, author="Anna\nHolm", updated=dt.date(2024, 7, 1))


def test_only_an_article_without_another_date_shows_when_it_was_updated() -> None:
    clip = Clip(Quote(UPDATED, 0, 9), shortened=True)
    assert source_line(clip, ENGLISH).details == ("2024-06-04", "(shortened)")
    undated = Clip(Quote(replace(UPDATED, published=None), 0, 9), shortened=True)
    assert source_line(undated, ENGLISH).details == ("updated 2024-07-01", "(shortened)")


def test_a_record_shows_title_dates_and_author_below_fixed_words() -> None:
    plain = named(None).article
    assert about_lines(About(AboutKind.AUTHOR, (UPDATED, plain)), ENGLISH) == (
        ENGLISH.record,
        "The firm · 2024-06-04 · updated 2024-07-01 · by Anna Holm",
        "b.txt",
    )
    assert about_lines(About(AboutKind.ARTICLES, (UPDATED,)), GERMAN) == (
        GERMAN.articles_on,
        "The firm · 2024-06-04 · aktualisiert 2024-07-01 · von Anna Holm",
    )
    assert about_lines(None, ENGLISH) == ()
