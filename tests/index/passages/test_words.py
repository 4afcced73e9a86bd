"""Articles and questions are cut into words in the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages.words import plain_words, typed_words, words, written_words


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("NATO’s Secretary-General", ["nato", "secretary", "general"]),
        ("The U.S. and the E.U.", ["the", "us", "and", "the", "eu"]),
        ("ﬁnance ２０２４", ["finance", "2024"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("価格は", ["価", "格", "は"]),
        ("snake_case 3.5%", ["snake_case", "snake", "case", "3.5", "3", "5"]),
        ("🙂 — !", []),
    ],
)
def test_text_is_cut_into_lower_case_words(text: str, cut: list[str]) -> None:
    assert plain_words(text) == cut


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("José Núñez", "jose NUNEZ"),
        ("Jose\u0301", "José"),
        ("Zürich, Malmö, Łódź, Ærø", "Zurich, Malmo, Lodz, Aero"),
        ("Großer Ørsted", "Grosser Orsted"),
        ("Tor\u00adsten Ahl\u200bgren\ufeff", "Torsten Ahlgren"),
        ("Caf&eacute; &amp; Bar&#39;s&nbsp;Inn", "Cafe & Bar's Inn"),
        ("parse&shy;Time", "parseTime"),
    ],
)
def test_accents_entities_and_invisible_characters_do_not_count(written: str, typed: str) -> None:
    assert plain_words(written) == plain_words(typed)


def test_only_whole_entities_are_decoded() -> None:
    assert plain_words("?a=1&copy=2") == ["a", "1", "copy", "2"]


@pytest.mark.parametrize("mark", ["-", "\u2010", "\u00ad"])
@pytest.mark.parametrize("end", ["\n", " \r\n  "])
def test_a_word_cut_at_a_line_end_is_found_whole_and_in_parts(mark: str, end: str) -> None:
    assert plain_words(f"to Elm{mark}{end}stead on") == ["to", "elmstead", "elm", "stead", "on"]


@pytest.mark.parametrize("text", ["Elm - stead", "Elm -\nstead", "Elm-\n\nstead", "Elm-\nstead2"])
def test_other_hyphens_join_nothing(text: str) -> None:
    assert len(plain_words(text)) == 2


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("camelCase", ["camelcase", "camel", "case"]),
        ("getUserId", ["getuserid", "get", "user", "id"]),
        ("HTTPServer", ["httpserver", "http", "server"]),
        ("MAX_RETRIES", ["max_retries", "max", "retries"]),
        ("a__userName", ["a__username", "a", "username", "user", "name"]),
        ("_emphasis_", ["emphasis"]),
    ],
)
def test_the_names_of_programs_are_found_whole_and_in_parts(name: str, cut: list[str]) -> None:
    assert plain_words(name) == cut


@pytest.mark.parametrize("name", ["McDonald", "iPhone", "MPs", "eBay", "PhD", "121mSn", "NGOs"])
def test_the_capitals_of_names_cut_nothing(name: str) -> None:
    assert plain_words(name) == [name.lower()]


@pytest.mark.parametrize(
    ("version", "whole"),
    [
        ("1.0", "1.0"),
        ("v1.0.", "1.0"),
        ("1.0.0-alpha.2", "1.0.0-alpha.2"),
        ("2.0-RC1", "2.0-rc1"),
        ("3.12.0b2", "3.12.0b2"),
        ("1.2.3+build.5", "1.2.3+build.5"),
        ("2.4.1-based", "2.4.1"),
    ],
)
def test_a_version_is_found_whole(version: str, whole: str) -> None:
    first = next(iter(typed_words(version)))
    assert first.whole == whole
    assert first.is_version


@pytest.mark.parametrize("text", ["1,234.5", "5. Then", "2024", "e.g.3"])
def test_other_numbers_are_no_versions(text: str) -> None:
    assert not any(word.is_version for word in typed_words(text))


def test_a_word_knows_how_it_was_typed() -> None:
    assert [word.typed for word in typed_words("José’s U.S. maxSize")] == [
        "José", "U.S.", "maxSize"
    ]  # fmt: skip


def test_compounds_and_long_numbers_are_written_as_one_word() -> None:
    written = ["Check-in", "cost", "1,000.50", "in", "U.S.", "for", "v2.0-rc1", "and", "max_size"]
    assert written_words(" ".join(written)) == written


@given(st.text(st.characters(max_codepoint=127, exclude_characters="&_."), max_size=40))
def test_plain_english_is_cut_at_all_that_is_no_letter(text: str) -> None:
    plain = text.lower().replace("-\n", "- ").replace("'", " ")
    cut = "".join(each if each.isalnum() else " " for each in plain).split()
    assert [w for w in plain_words(plain) if w != "s"] == [w for w in cut if w != "s"]


def test_forms_of_a_word_share_a_stem_and_stop_words_are_left_out() -> None:
    assert words("The plans were planned") == words("planning a plan")


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert all(word and word == word.casefold() for word in plain_words(text))
    assert plain_words(text) == [
        form for word in typed_words(text) for form in (word.whole, *word.parts)
    ]
