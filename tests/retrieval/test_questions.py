"""Questions are taken apart as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.mentions import unknown_words
from retrieval.questions import (
    MAX_READ_QUESTION_CHARS,
    is_cut,
    is_named,
    parse_question,
    read_part,
    with_long_forms,
)
from tests.fakes import library_of

LIBRARY = library_of(
    "The headquarters of the alliance is in Wiesbaden. The European Union sent aid.",
    "The ministers met in Brussels. The summit starts in July. Stoltenberg spoke.",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When was it founded?", "time"),
        ("summit date", "time"),
        ("what year did it open", "time"),
        ("How many members are there?", "number"),
        ("how much money", "number"),
        ("Who leads it?", "person"),
        ("to whom does he report", "person"),
        ("where is the hq", "place"),
        ("What city is it in?", "place"),
        ("Did Turkey veto the plan?", "yes_no"),
        ("Why did they meet?", "other"),
        ("candidate list", "other"),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(text: str, kind: str) -> None:
    assert parse_question(text, LIBRARY).kind == kind


def test_names_are_the_capitalised_words_after_the_first() -> None:
    assert parse_question("Did Stoltenberg meet the EU in Brussels?", LIBRARY).names == (
        "stoltenberg",
        "european",
        "union",
        "brussel",
    )
    assert parse_question("did stoltenberg speak", LIBRARY).names == ()


def test_a_name_is_known_by_an_adjective_made_of_it() -> None:
    canadian = library_of("The Canadian minister spoke.")
    assert is_named("canada", canadian)
    assert not is_named("china", canadian)
    assert not is_named("turkey", canadian)


def test_a_short_form_is_searched_for_with_its_long_form() -> None:
    question = parse_question("where is the HQ?", LIBRARY)
    assert question.content == ("HQ",)
    assert {"hq", "headquart"} <= set(question.stems)
    assert question.groups == (("headquart",),)
    assert "headquarters" in question.text


def test_a_short_form_of_two_words_needs_both() -> None:
    assert parse_question("what did the EU send?", LIBRARY).groups[0] == ("european", "union")


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("Ask us about the US", "Ask us about the United States"),
        ("un deux, UN", "un deux, United Nations"),
        ("hq or HQ", "headquarters or headquarters"),
    ],
)
def test_small_words_that_look_like_short_forms_stay(typed: str, written_out: str) -> None:
    assert with_long_forms(typed) == written_out


@pytest.mark.parametrize("slip", ["heaquarters", "headquartres", "headquarterss", "headquurters"])
def test_a_slip_of_one_letter_is_read_as_the_word_of_the_articles(slip: str) -> None:
    question = parse_question(f"where is the {slip}", LIBRARY)
    assert question.content == ("headquarters",)
    assert unknown_words(question, LIBRARY) == ()


@pytest.mark.parametrize("word", ["moon", "mainz", "stockholm", "12345", "metr"])
def test_a_word_that_is_not_a_slip_stays_and_is_unknown(word: str) -> None:
    assert unknown_words(parse_question(f"what about {word}?", LIBRARY), LIBRARY) == (word,)


def test_a_correct_word_is_not_taken_for_a_slip_of_another() -> None:
    library = library_of("The prince and the princess were there.")
    assert parse_question("what is the price", library).content == ("price",)
    assert parse_question("what is the prinse", library).content == ("prince",)
    assert parse_question("where is it", library).text == "where is it"


def test_the_same_slip_is_corrected_alike_whatever_the_hash_seed() -> None:
    library = library_of("cart card", "cart", "care")
    assert parse_question("the carx", library).content == ("carx",)
    longer = library_of("planet planes", "planes", "planed")
    assert parse_question("the planex", longer).content == ("planes",)


def test_other_forms_of_a_word_are_known() -> None:
    assert unknown_words(parse_question("Who meets ministerial alliances?", LIBRARY), LIBRARY) == (
        "ministerial",
    )
    assert unknown_words(parse_question("Which minister starts summits?", LIBRARY), LIBRARY) == ()


@pytest.mark.parametrize("text", ["hello", "thanks!", "🙂", "", "?", "what is it", "\u200b \n"])
def test_greetings_and_noise_are_about_nothing(text: str) -> None:
    question = parse_question(text, LIBRARY)
    assert question.content == ()
    assert question.groups == ()


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", "„{}“", "«{}»"])
def test_a_phrase_in_quotation_marks_is_kept(marks: str) -> None:
    question = parse_question(f"who said {marks.format('a firmer footing')} there", LIBRARY)
    assert question.phrases == ("a firmer footing",)


def test_of_several_sentences_the_one_that_asks_is_read() -> None:
    question = parse_question("I read about Brussels today. Where is the summit? Thanks.", LIBRARY)
    assert question.text == "Where is the summit?"


def test_a_question_that_points_back_keeps_what_it_points_to() -> None:
    question = parse_question("The summit is soon. When does it start?", LIBRARY)
    assert "summit" in question.content


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_taken_apart(text: str) -> None:
    question = parse_question(text, LIBRARY)
    assert set(unknown_words(question, LIBRARY)) <= set(question.content)


LETTER = "The press office wrote to us this morning. " * 30


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{LETTER}Where is the HQ?", "Where is the HQ?"),
        (f"Where is the HQ? {LETTER}", "Where is the HQ?"),
        (f"{LETTER}Where is the HQ? {LETTER}Who leads it now in Mons?", None),
        (f"{LETTER}Please tell me where the HQ is.", "Please tell me where the HQ is."),
        (f"{LETTER}Wo ist das HQ?", "Wo ist das HQ?"),
    ],
)
def test_of_a_long_text_the_sentences_that_ask_are_read(text: str, read: str | None) -> None:
    assert is_cut(text)
    assert read_part(text) == read if read else read_part(text).endswith("in Mons?")


@pytest.mark.parametrize(
    "text",
    [LETTER * 2, f"{LETTER}Is it true?", "what " * 400 + "is the HQ?", "x" * 3_000,
     f"{LETTER}Is it true? {LETTER}"],
)  # fmt: skip
def test_what_is_cut_is_cut_between_words_and_keeps_the_end_of_the_asking(text: str) -> None:
    read = read_part(text)
    assert 900 < len(read) <= MAX_READ_QUESTION_CHARS
    if "?" in text:
        assert read.endswith("?")
    if " " in text:
        assert set(read.split()) <= set(text.split())


@given(st.text(max_size=MAX_READ_QUESTION_CHARS))
def test_a_short_text_is_read_as_it_is_but_for_curly_words(text: str) -> None:
    plain = text.translate(dict.fromkeys(map(ord, "“”„«»"), " "))
    assert read_part(plain) == " ".join(plain.split())
    assert not is_cut(text)


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "”{}”", "«{}»", "« {} »"])
def test_curly_marks_around_one_word_demand_nothing(marks: str) -> None:
    question = parse_question(f"where is the {marks.format('HQ')}?", LIBRARY)
    assert question == parse_question("where is the HQ?", LIBRARY)


def test_straight_marks_and_phrases_of_several_words_still_demand_their_words() -> None:
    assert parse_question('where is the "HQ"?', LIBRARY).phrases == ("HQ",)
    both = parse_question("“sent aid” and “met in” where?", LIBRARY)
    assert both.phrases == ("sent aid", "met in")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"“its “0"', '"its 0"'),
        ("the“HQ”of", "the HQ of"),
        ("the « HQ » of", "the HQ of"),
        ("the “ HQ”of", "the HQ of"),
    ],
)
def test_curly_marks_never_join_their_neighbours(text: str, read: str) -> None:
    assert read_part(text) == read
    assert parse_question(text, LIBRARY).phrases == ()


@given(st.text(st.sampled_from('ab0 \n"“”„')))
def test_a_phrase_was_typed_as_it_is_demanded(text: str) -> None:
    typed = " ".join(text.split())
    assert all(phrase in typed for phrase in parse_question(text, LIBRARY).phrases)


def test_a_phrase_beyond_what_is_read_is_not_demanded() -> None:
    assert parse_question(f'{LETTER}"never heard". Where is the HQ?', LIBRARY).phrases == ()


def test_a_question_keeps_accents_and_capitals_of_what_was_typed() -> None:
    library = library_of("The depot is run by José Núñez.")
    question = parse_question("What does Jose NUNEZ run in Łódź?", library)
    assert question.content == ("Jose", "NUNEZ", "run", "Łódź")
    assert question.names == ("jose", "nunez", "lodz")


def test_a_slip_with_an_accent_is_corrected() -> None:
    library = library_of("The depot stands in Zürich.")
    question = parse_question("What stands in Zürrich?", library)
    assert question.text == "What stands in zurich?"
    assert question.content == ("stands", "zurich")


def test_the_parts_of_a_name_are_asked_for_where_no_article_has_it_whole() -> None:
    apart = library_of("The server gives up after three max retries.")
    assert parse_question("what is maxRetries", apart).groups == (("max", "retri"),)
    whole = library_of("Set maxRetries to three.")
    assert parse_question("what is maxRetries", whole).groups == (("maxretri",),)


def test_a_version_is_asked_for_whole() -> None:
    question = parse_question("What is new in 1.0?", LIBRARY)
    assert question.groups == (("new",), ("1.0",))
    assert {"1.0", "1", "0"} <= set(question.stems)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("What costs 3.5 million euros?", ("costs", "3.5", "million", "euros")),
        ("Where are the U.S. flags?", ("U.S.", "flags")),
        ("Who wrote main.py?", ("wrote", "main", "py")),
    ],
)
def test_a_dot_inside_a_word_ends_no_sentence(text: str, content: tuple[str, ...]) -> None:
    assert parse_question(f"The summit. {text}", LIBRARY).content == content


def test_invisible_characters_of_a_question_are_not_read() -> None:
    assert parse_question("where is the H\u200bQ &amp; base?", LIBRARY).text == (
        "where is the headquarters & base?"
    )
