"""The line under a clipping, the same for Slack, Discord and the terminal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.page.layout import Clip
from bot.page.phrases import ENGLISH, GERMAN
from bot.page.source_line import MAX_ALSO, MAX_HEADING_CHARS, MAX_HEADINGS, about_lines, source_line
from index.documents.article import Article
from index.documents.spans import Quote
from index.documents.structure import Block, BlockKind, Structure
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind
from tests.bot.markdown_clips import markdown, quote

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
        "The firm · 2024-06-04 · updated 2024-07-01 · written by Anna Holm",
        "b.txt",
    )
    assert about_lines(About(AboutKind.ARTICLES, (UPDATED,)), GERMAN) == (
        GERMAN.articles_on,
        "The firm · 2024-06-04 · aktualisiert 2024-07-01 · geschrieben von Anna Holm",
    )
    assert about_lines(About(AboutKind.AUTHOR, (plain,)), GERMAN)[0] == (
        "In keinem Artikel steht es im Text; zum Artikel ist vermerkt:"
    )
    assert about_lines(None, ENGLISH) == ()


GUIDE = """# The Guide

## Perks

### Eye <!-- and ear --> *cover* &amp; more

All of it.

#### For a very long heading that says all there is to say about what it stands above, and more

Nothing.
"""


def test_the_headings_above_follow_the_title_without_repeating_it() -> None:
    line = source_line(Clip(quote(markdown(GUIDE, "The guide"), "All of it.")), ENGLISH)
    assert line.path == " › Perks › Eye cover & more"
    other = source_line(Clip(quote(markdown(GUIDE, "Handbook"), "All of it.")), ENGLISH)
    assert other.path == " › The Guide › Perks › Eye cover & more"


def test_only_the_innermost_headings_are_shown_and_a_long_heading_is_cut() -> None:
    line = source_line(Clip(quote(markdown(GUIDE, "Handbook"), "Nothing.")), ENGLISH)
    assert len(line.headings) == MAX_HEADINGS
    assert line.headings[0] == "Perks"
    assert line.headings[-1].startswith("For a very long heading that says")
    assert line.headings[-1].endswith("…")
    assert len(line.headings[-1]) <= MAX_HEADING_CHARS


def test_the_page_is_named_where_a_document_has_pages() -> None:
    article = replace(FIRM, structure=Structure((Block(BlockKind.PARAGRAPH, 0, 9, page=4),)))
    clip = Clip(Quote(article, 0, 9))
    assert source_line(clip, ENGLISH).details == ("page 4", "2024-06-04")
    assert source_line(clip, GERMAN).details == ("Seite 4", "2024-06-04")


def test_items_that_are_left_out_are_counted_and_stand_behind_show_context() -> None:
    steps = quote(markdown("1. One.\n2. Two.\n"), "1. One.")
    names = quote(markdown("- One.\n- Two.\n"), "One.")
    assert source_line(Clip(steps, more=4), ENGLISH).notes == (
        "4 more steps (“Show context” shows them)",
    )
    assert source_line(Clip(steps, more=1), ENGLISH, has_context=False).notes == ("1 more step",)
    assert source_line(Clip(names, more=4), ENGLISH, has_context=False).notes == ("4 more",)
    assert source_line(Clip(steps, more=4), GERMAN).notes == (
        "4 weitere Schritte (mit „Zusammenhang zeigen“ zu sehen)",
    )


def test_an_address_points_at_words_that_are_seen() -> None:
    article = markdown("See **the &amp; sign** <!-- no --> now.", url="https://x.example/a")
    line = source_line(Clip(Quote(article, 0, len(article.text))), ENGLISH)
    assert line.url == "https://x.example/a#:~:text=See%20the%20%26%20sign%20now."


def test_an_address_points_from_the_first_block_to_the_last_without_their_numbers() -> None:
    article = markdown("1. Open it.\n2. Shut *it*.\n3. Wait now.\n", url="https://x.example/a")
    line = source_line(Clip(quote(article, "1. Open", "now.")), ENGLISH)
    assert line.url == "https://x.example/a#:~:text=Open%20it.,Wait%20now."
