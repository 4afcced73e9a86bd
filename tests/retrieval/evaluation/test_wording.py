"""Rewording keeps what a question asks for."""

from __future__ import annotations

import random

from retrieval.evaluation.wording import (
    ASKING_WORDS,
    FUNCTION_WORDS,
    bare_word,
    drop_words,
    make_slip,
    reword,
    swap_name,
    type_casually,
)

QUESTION = "When did the first settlers of Manhattan arrive?"


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  -- repeatable on purpose


def test_key_words_are_what_is_left_without_asking_and_function_words() -> None:
    assert drop_words(QUESTION, FUNCTION_WORDS | ASKING_WORDS) == "first settlers Manhattan arrive"


def test_a_question_of_function_words_stays_whole() -> None:
    assert drop_words("Who is it?", FUNCTION_WORDS | ASKING_WORDS) == "Who is it?"


def test_a_slip_changes_one_word_by_one_letter_and_not_its_first() -> None:
    for seed in range(50):
        before, after = QUESTION.split(), make_slip(QUESTION, dice(seed)).split()
        changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert len(changed) <= 1
        assert all(a[0] == b[0] and abs(len(a) - len(b)) <= 1 for a, b in changed)


def test_a_question_of_short_words_has_no_slip() -> None:
    assert make_slip("Who is he?", dice(1)) == "Who is he?"


def test_an_unanswerable_question_loses_no_word() -> None:
    for seed in range(200):
        asked = reword(QUESTION, dice(seed), faithful=True)
        assert len(asked.split()) == len(QUESTION.split())


def test_words_are_left_out_and_never_added() -> None:
    for seed in range(200):
        assert len(reword(QUESTION, dice(seed)).split()) <= len(QUESTION.split())


def test_a_casually_typed_question_has_small_letters_and_no_mark() -> None:
    asked = {type_casually(QUESTION, dice(seed)) for seed in range(100)}
    plain = "when did the first settlers of manhattan arrive"
    assert {plain, "when first settlers manhattan arrive"} < asked
    assert all(len(each.split()) in {8, 5} and each == each.lower() for each in asked)
    assert any(len(each.split()) == 8 and each != plain for each in asked)


def test_every_rewording_occurs() -> None:
    asked = {reword(QUESTION, dice(seed)) for seed in range(200)}
    assert {
        QUESTION,
        QUESTION[:-1],
        "first settlers Manhattan arrive",
        "When first settlers Manhattan arrive",
    } <= asked
    assert any("Manhattan" not in question for question in asked)


def test_the_same_seed_rewords_in_the_same_way() -> None:
    first = [reword(QUESTION, dice(seed)) for seed in range(50)]
    assert first == [reword(QUESTION, dice(seed)) for seed in range(50)]


def test_a_word_is_bare_without_marks_at_its_ends() -> None:
    assert bare_word("(The,") == "the"


def test_a_question_with_a_swapped_name_asks_about_another_name_or_number_of_the_text() -> None:
    text = "In 1625 the Dutch under Willem Verhulst came, and by 1664 the English ruled Manhattan."
    asked = "In 1625 who led the Dutch to Manhattan?"
    made = {swap_name(asked, text, ["Willem Verhulst"], dice(seed)) for seed in range(60)}
    assert made == {
        "In 1664 who led the Dutch to Manhattan?",
        "In 1625 who led the English to Manhattan?",
        "In 1625 who led the Dutch to English?",
    }


def test_no_name_is_swapped_where_nothing_can_replace_it() -> None:
    assert (
        swap_name("Who came to Manhattan?", "They came to Manhattan by boat.", [], dice(1)) is None
    )
    assert swap_name("who came?", "Then Willem Verhulst came.", [], dice(1)) is None
    assert swap_name("What of 1664?", "It grew by 20 and 300.", [], dice(1)) is None
