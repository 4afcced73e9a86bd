"""A clipping that is too long: cut between words, by what a reader sees of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.page.layout import Clip
from bot.page.runs import shown_chars, shown_text
from bot.page.shortening import shorten, shorten_clip
from index.documents.spans import Quote
from tests.bot.markdown_clips import clips, markdown, quote

TEXT = "One [two](https://x.example/a/long/address) three <!-- a comment --> four &amp; five six."
ARTICLE = markdown(TEXT)
WHOLE = Quote(ARTICLE, 0, len(TEXT))


def test_only_what_is_seen_counts() -> None:
    assert shown_text(Clip(WHOLE)) == "One two three four & five six."
    assert shorten(WHOLE, None, 30) == WHOLE
    assert shown_text(Clip(shorten(WHOLE, None, 24))) == "One two three four &"


def test_a_cut_around_bold_words_falls_between_words() -> None:
    bold = quote(ARTICLE, "four")
    short = shorten_clip(Clip(WHOLE, bold), 18)
    assert shown_text(short) == "three four & five"
    assert short.bold == bold
    assert short.shortened


def test_a_part_that_leaves_no_room_for_the_quote_is_left_out_and_that_is_said() -> None:
    text = "| " + "Name " * 20 + "| Price |\n|---|---|\n| Tea | 2 or more |\n"
    article = markdown(text)
    row = quote(article, "Tea | 2 or more")
    header = quote(article, "Name", "Price")
    whole = Clip(row, quote(article, "2 or more"), parts=(header, row))

    assert shorten_clip(whole, 200) == whole
    short = shorten_clip(whole, 60)
    assert shown_text(short) == "Tea | 2 or more"
    assert short.bold == whole.bold
    assert short.shortened


def test_the_quote_is_cut_where_the_parts_around_it_are_short() -> None:
    text = "Ann: " + "we came and saw " * 20
    article = markdown(text)
    parts = (quote(article, "Ann:"), Quote(article, 5, len(text.rstrip())))
    short = shorten_clip(Clip(parts[1], parts=parts), 40)
    assert shown_text(short).startswith("Ann: we came and saw we")
    assert 25 < shown_chars(short) <= 40


@given(clips(), st.integers(10, 60))
def test_a_shortened_clipping_keeps_its_limit_and_lies_in_the_whole(clip: Clip, limit: int) -> None:
    short = shorten_clip(clip, limit)
    assert clip.quote.covers(short.quote)
    assert set(short.parts) <= {*clip.parts, short.quote}
    assert short == clip or short.shortened
    assert shown_chars(short) <= limit
    assert short.bold in {None, clip.bold}
