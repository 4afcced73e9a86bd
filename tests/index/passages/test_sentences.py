"""Sentences lose and invent nothing, and end where a reader ends them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.passages.sentences import split_sentences
from tests.index.passages.texts import article, bare, prose, seen, texts


@given(text=texts | prose, max_chars=st.integers(min_value=1, max_value=50))
def test_sentences_cover_the_article_in_order(text: str, max_chars: int) -> None:
    sentences = split_sentences(article(text), max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(sentences))
    assert all(len(s.text) <= max_chars and s.text == s.text.strip() for s in sentences)
    assert bare("".join(s.visible for s in sentences)) == seen(text)


@given(front=texts, body=texts)
def test_what_stands_before_the_body_is_in_no_sentence(front: str, body: str) -> None:
    whole = Article("a.txt", None, front + body, body=len(front))
    assert all(sentence.start >= len(front) for sentence in split_sentences(whole))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Orban came. He left.", ["Mr. Orban came.", "He left."]),
        ("The U.S. sent aid. It came late.", ["The U.S. sent aid.", "It came late."]),
        ("It cost 4.5 dollars. Nobody paid.", ["It cost 4.5 dollars.", "Nobody paid."]),
        ("Who? Me!\r\nYou.", ["Who?", "Me!", "You."]),
        ("A title\rA line\x85Another", ["A title", "A line", "Another"]),
        ("One\x1ctwo\x1dthree\x1efour\x0bfive", ["One", "two", "three", "four", "five"]),
        (" \t\n\u2003", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(article(text))] == sentences


def test_marks_that_stand_alone_stay_with_the_sentence_before_them() -> None:
    found = split_sentences(article("He said “Stop!” … “Go on.” She went."))
    assert all(any(char.isalnum() for char in sentence.text) for sentence in found)


def test_lines_wrapped_at_a_fixed_width_are_read_as_one_paragraph() -> None:
    text = (
        "This is a paragraph that somebody wrote in an editor which breaks each\n"
        "line at about seventy characters, so that no sentence ends where a line\n"
        "does. The second sentence begins in the middle of the third of the lines."
    )
    first, second = split_sentences(article(text))
    assert first.text.startswith("This is")
    assert first.text.endswith("does.")
    assert second.text.startswith("The second")


def _markdown(text: str) -> list[str]:
    found = Article("a.md", None, text, structure=find_structure(text))
    return [" ".join(sentence.visible.split()) for sentence in split_sentences(found)]


@pytest.mark.parametrize(
    "whole",
    [
        "Use tools, e.g. Git, or others, i.e. Mercurial.",
        "Ask Dr. Smith, see No. 5 and Fig. 3 vs. Fig. 4.",
        "Upgrade from 1.2.3 to 1.0.0-alpha.2 today.",
        "J. R. R. Tolkien and George R. R. Martin wrote it.",
        "He paid 4.5 million at 3.15 p.m. on the day.",
        "Wait... what?",
        "“Why?” she asked.",
        'He said "Stop!" and left.',
        "Open config.yaml, main.py and https://a.b/c.d?e=f now.",
        "Edit the .env file of a .NET app.",
        "1. Put it down.",
        "Am 5. Mai kam er zum 3. Mal.",
        "Press Ctrl+C, z.B. im Fenster.",
        "The end.)",
    ],
)
def test_what_looks_like_an_end_is_none(whole: str) -> None:
    assert [sentence.text for sentence in split_sentences(article(f"{whole} So it goes."))] == [
        whole,
        "So it goes.",
    ]
    assert _markdown(f"{whole} So it goes.") == [whole, "So it goes."]


@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("See [x][y] (z). Next.\n\n[y]: u\n", ["See x (z).", "Next."]),
        ("AT&amp;T said &quot;so&quot;. Tom &amp; Ann.", ['AT&T said "so".', "Tom & Ann."]),
        ("A note.[^1] Next.\n\n[^1]: First. Second.\n", ["A note.", "Next.", "First.", "Second."]),
        ("Wrapped at\na line end. Broken,\nhere.", ["Wrapped at a line end.", "Broken, here."]),
        ("**Bold.** *Really?* (In brackets.) A.", ["Bold.", "Really?", "(In brackets.)", "A."]),
        ("First.<br>Second. ~~Gone. Hid~~ Left.", ["First.", "Second.", "Left."]),
        ("He left.She stayed. So.", ["He left.", "She stayed.", "So."]),
        ("# Top\n\nText\n\n- a. B\n- c\n", ["Text", "a. B", "c"]),
        ("> Said. Done.\n>\n> More.\n", ["Said.", "Done.", "More."]),
        ("| A |\n|---|\n| One. Two. |\n\n    code. More.\n", ["One. Two.", "code. More."]),
        ("**Why?**\n\nTerm\n: Meaning. More.\n", ["Meaning.", "More."]),
        ("# Top\n\n## Low\n", ["Top", "Low"]),
    ],
)  # fmt: skip
def test_sentences_of_a_page_are_those_that_a_reader_sees(page: str, sentences: list[str]) -> None:
    assert _markdown(page) == sentences


def test_a_hyphen_at_a_line_end_shifts_no_place() -> None:
    text = (
        "The harbour authority announced that the reconstr-\n"
        "uction would be postponed. Engineers found corro-\nsion. Nobody expects agreement.\n"
    )
    assert [sentence.text.split()[0] for sentence in split_sentences(article(text))] == [
        *("The", "Engineers", "Nobody"),
    ]


def test_quoted_mail_is_cut_without_its_marks() -> None:
    text = "Bob wrote:\n> We met on Monday, and decided\n> to go. It rained.\n\nOh.\n"
    assert [" ".join(s.visible.split()) for s in split_sentences(article(text))] == [
        "Bob wrote:",
        "We met on Monday, and decided to go.",
        "It rained.",
        "Oh.",
    ]
