"""What one message shows: the right clippings, cut where they must be, and the ways on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.page.context import with_context
from bot.page.layout import Budget, Clip, Page, View, clip_of, lay_out, searched_for
from bot.page.phrases import ENGLISH
from bot.page.runs import shown_text
from bot.page.shortening import shorten
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind
from retrieval.answers import Answer, Finding
from tests.bot.markdown_clips import markdown
from tests.bot.markdown_clips import quote as steps_quote

BUDGET = Budget(clips=3, clip_chars=50, all_chars=60)
TEXT = "Ada founded it. Bob left early. Cy paid all. Di came back."
ARTICLE = Article("a.txt", "A", TEXT)


def quote(words: str) -> Quote:
    start = TEXT.index(words)
    return Quote(ARTICLE, start, start + len(words))


def finding(words: str, answer: str | None = None) -> Finding:
    whole = quote(words)
    return Finding(whole, Span(ARTICLE, *limits(answer)) if answer else None, 0.9)


def limits(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def wide(quote: Quote) -> Quote:
    return Quote(quote.article, max(0, quote.start - 16), min(len(TEXT), quote.end + 16))


def page(answer: Answer, view: View | None = None, budget: Budget = BUDGET) -> Page:
    return lay_out(answer, view or View(), ENGLISH, budget=budget, widen=wide)


def shown(answer: Answer, view: View | None = None) -> list[str]:
    return [clip.quote.text for clip in page(answer, view).clips]


THREE = Answer(
    "who?",
    (finding("Ada founded it.", "Ada"), finding("Bob left early."), finding("Cy paid all.")),
)


def test_the_best_finding_is_shown_and_the_others_come_one_by_one() -> None:
    seen = []
    view = View()
    for _ in range(4):
        seen.extend(shown(THREE, view))
        view = page(THREE, view).buttons[-1].view

    assert seen == ["Ada founded it.", "Bob left early.", "Cy paid all.", "Ada founded it."]


def test_a_single_finding_has_no_next_passage() -> None:
    labels = [button.label for button in page(Answer("who?", THREE.findings[:1])).buttons]
    assert labels == [ENGLISH.context]


def test_articles_that_differ_are_all_shown_under_the_fixed_words() -> None:
    differing = Answer("who?", THREE.findings[:2], differ=True)
    assert page(differing).above == (ENGLISH.differ,)
    assert shown(differing) == ["Ada founded it.", "Bob left early."]


def test_clippings_that_do_not_fit_are_left_for_the_next_passage() -> None:
    narrow = Budget(clips=3, clip_chars=40, all_chars=20)
    differing = Answer("who?", THREE.findings, differ=True)

    first = page(differing, budget=narrow)

    assert [clip.quote.text for clip in first.clips] == ["Ada founded it."]
    assert first.buttons[-1].view == View(at=1)


def test_context_shows_the_sentences_around_and_the_clipping_stays_marked() -> None:
    clip = page(Answer("who?", (finding("Bob left early."),)), View(wide=True)).clips[0]
    assert clip.quote.text.startswith("Ada")
    assert clip.bold is not None
    assert clip.bold.text == "Bob left early."


def test_not_found_says_so_names_the_words_and_offers_what_is_closest() -> None:
    nothing = Answer("x?", closest=(quote("Di came back."),), unknown_words=("tanks", "moon"))

    first = page(nothing)
    asked_for = page(nothing, first.buttons[0].view)

    assert first.above == (ENGLISH.not_found, "No article mentions: tanks, moon")
    assert first.clips == ()
    assert asked_for.above[-1] == ENGLISH.closest
    assert [clip.quote.text for clip in asked_for.clips] == ["Di came back."]


def test_where_files_could_not_be_read_only_the_articles_that_were_read_are_spoken_of() -> None:
    nothing = Answer("x?", unknown_words=("tanks",), unread=True)
    assert page(nothing).above[1:] == (
        "None of the articles that I could read mentions: tanks",
    )  # fmt: skip


def test_a_question_in_another_language_is_told_what_is_read_and_no_words() -> None:
    nothing = Answer("x?", closest=(quote("Di came back."),), foreign=True, unread=True)
    first = page(nothing)
    assert first.above == (ENGLISH.not_found, "I read English.")
    assert page(nothing, first.buttons[0].view).above.count("I read English.") == 1
    with pytest.raises(ValueError, match="another language"):
        Answer("x?", foreign=True, unknown_words=("tanks",))


def test_a_phrase_that_no_article_has_is_named_before_the_words() -> None:
    nothing = Answer("x?", unknown_words=("tanks",), absent_phrases=("the HQ", "a tank"))
    assert page(nothing).above == (
        ENGLISH.not_found,
        ENGLISH.no_phrase.format(phrase="the HQ"),
        ENGLISH.no_phrase.format(phrase="a tank"),
        "No article mentions: tanks",
    )


def test_a_long_question_is_not_repeated_in_full() -> None:
    assert len(searched_for("why " * 3_000, ENGLISH)) < 400


def test_a_view_past_the_last_finding_shows_the_first() -> None:
    assert shown(THREE, View(at=9)) == ["Ada founded it."]


@given(st.integers(0, 50), st.integers(1, 8), st.integers(10, 60))
def test_a_shortened_quote_holds_what_is_bold_and_keeps_its_limit(
    start: int, length: int, limit: int
) -> None:
    whole = Quote(ARTICLE, 0, len(TEXT))
    bold = Span(ARTICLE, start, start + length)

    short = shorten(whole, bold, limit)

    assert whole.covers(short)
    assert short.covers(bold)
    assert len(short.text) <= limit


def test_bold_outside_the_quote_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="outside"):
        Clip(quote("Ada founded it."), quote("Bob left early."))


def test_what_records_say_stands_in_place_of_not_found_and_above_a_clipping() -> None:
    nothing = Answer("who?", closest=(quote("Di came back."),), unknown_words=("tanks",))
    recorded = replace(nothing, about=About(AboutKind.AUTHOR, (ARTICLE,)))
    assert page(recorded).above == (ENGLISH.record, "A")
    assert [button.label for button in page(recorded).buttons] == [ENGLISH.show_closest]

    listed = replace(THREE, about=About(AboutKind.ARTICLES, (ARTICLE,)))
    assert page(listed).above == (ENGLISH.articles_on, "A")
    assert shown(listed) == ["Ada founded it."]


STEPS = "Do this:\n\n1. Open it.\n2. Press it.\n3. Wait.\n"
GUIDE = markdown(STEPS)
LEAD_IN, FIRST = steps_quote(GUIDE, "Do this:"), steps_quote(GUIDE, "1. Open it.")
STEP = Finding(FIRST, steps_quote(GUIDE, "Open"), 0.9, parts=(LEAD_IN, FIRST), more=2)


def stepwise(view: View, chars: int) -> Clip:
    budget = Budget(clips=3, clip_chars=chars, all_chars=chars)
    laid = lay_out(Answer("how?", (STEP,)), view, ENGLISH, budget=budget, widen=with_context)
    return laid.clips[0]


def test_a_clipping_shows_all_its_parts_and_how_many_items_are_left_out() -> None:
    clip = stepwise(View(), 100)
    assert shown_text(clip) == "Do this:\n1. Open it."
    assert (clip.more, clip.bold, clip.shortened) == (2, STEP.answer, False)


def test_context_shows_the_items_that_were_left_out_behind_the_parts() -> None:
    clip = stepwise(View(wide=True), 100)
    assert shown_text(clip) == "Do this:\n1. Open it.\n2. Press it.\n3. Wait."
    assert (clip.more, clip.bold, clip.shortened) == (0, FIRST, False)


def test_context_is_cut_at_the_budget() -> None:
    clip = stepwise(View(wide=True), 30)
    assert clip.shortened
    assert "Open it." in shown_text(clip)
    assert len(shown_text(clip)) <= 30


def test_a_part_that_the_context_covers_is_shown_once() -> None:
    item = steps_quote(GUIDE, "2. Press it.")
    found = Finding(item, None, 0.9, parts=(FIRST, item))
    clip = clip_of(found, widen=with_context)
    assert shown_text(clip) == "1. Open it.\n2. Press it.\n3. Wait."


def test_parts_before_and_behind_the_context_stay() -> None:
    text = "Intro:\n\n1. One.\n2. Two.\n\nMiddle.\n\nBut not on Sundays.\n"
    source = markdown(text)
    first, item = steps_quote(source, "Intro:"), steps_quote(source, "2. Two.")
    parts = (first, item, steps_quote(source, "But not on Sundays."))
    clip = clip_of(Finding(item, None, 0.9, parts=parts), widen=with_context)
    assert shown_text(clip) == "Intro:\n1. One.\n2. Two.\n…\nBut not on Sundays."


def test_parts_without_the_quote_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="among the parts"):
        Clip(FIRST, parts=(LEAD_IN,))
