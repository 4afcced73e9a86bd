"""Answers are the same, or contradict each other, or neither; texts are copies or not."""

from __future__ import annotations

import pytest

from retrieval.normalised_answer import contradict, is_copy, normalise, same_answer

WIRE = (
    "The headquarters for coordinating assistance to Kyiv will be located in Wiesbaden in southern"
    " Germany, a US military base is already in operation."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wiesbaden", "Wiesbaden, Germany"),
        ("in July", "July"),
        ("nearly 700", "700 personnel"),
        ("$40 billion", "40 billion dollars"),
        ("40 billion euros", "€40bn"),
        ("over 90%", "90 percent"),
        ("90 per cent", "90%"),
        ("eleven", "11"),
        ("1,000", "1000"),
        ("2.5 million", "2,500,000"),
        ("June 1971", "14 June 1971"),
        ("1,284 m", "1,284 metres"),
        ("two weeks", "14 days"),
        ("1.4bn", "1.4 billion crowns"),
        ("$11.5m", "11.5 million"),
        ("$11.5 m", "$11.5 million"),
        ("4.1 million", "4,100,000"),
        ("8.2 billion dollars", "$8,200 million"),
        ("4.1 hours", "246 minutes"),
        ("1 day", "24 hours"),
        ("40€", "40 euros"),
        ("two hundred people", "200 people"),
        ("twenty-five", "25"),
        ("two hundred thousand", "200,000"),
        ("Sept. 3, 1971", "3 September 1971"),
        ("460 jobs", "460 posts"),
        ("12,400", "12 400 people"),
        ("July 9-11", "9 – 11 July 2024"),
    ],
)
def test_answers_that_say_the_same(one: str, other: str) -> None:
    assert same_answer(normalise(one), normalise(other))
    assert same_answer(normalise(other), normalise(one))
    assert not contradict(normalise(one), normalise(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("over 90%", "more than 99 percent"),
        ("May 15, 2024", "June 14, 2024"),
        ("2,300 rocket motors", "80,000 rocket motors"),
        ("$40 billion", "40 billion euros"),
        ("40 billion euros ($43 billion)", "$40 billion"),
        ("14 June 1971", "14 September 1971"),
        ("seven weeks", "61 days"),
        ("3 km", "3 metres"),
        ("40€", "$40"),
        ("Sept. 3, 1971", "June 3, 1971"),
        ("1823", "in May 1832"),
        ("1,284", "1,310 metres"),
        ("340 residents", "510 people"),
    ],
)
def test_answers_that_cannot_both_be_meant(one: str, other: str) -> None:
    assert contradict(normalise(one), normalise(other))
    assert contradict(normalise(other), normalise(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wiesbaden", "Brussels"),
        ("Germany", "Wiesbaden"),
        ("700 people", "at noon"),
        ("May 2024", "700"),
        ("5 percent", "40 dollars"),
        ("1,284 metres", "4,213 feet"),
        ("9 people", "9 months"),
        ("12 cm", "12 metres"),
        ("Theresa May", "Brian May"),
        ("visitors may enter", "the ferry may be late"),
        ("5-10 million", "7 million"),
        ("3,4 million", "3.6 million"),
        ("1.000,5", "1,000.5"),
        ("1823", "in May"),
        ("", ""),
    ],
)
def test_names_and_amounts_of_different_things_do_not_contradict(one: str, other: str) -> None:
    assert not contradict(normalise(one), normalise(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Theresa May", "Brian May"),
        ("visitors may enter", "the ferry may be late"),
        ("9 people", "9 months"),
        ("May", "5"),
    ],
)
def test_answers_that_only_look_alike_are_not_the_same(one: str, other: str) -> None:
    assert not same_answer(normalise(one), normalise(other))


def test_different_units_are_different_amounts() -> None:
    assert not same_answer(normalise("$40 billion"), normalise("40 billion euros"))


def test_answers_without_a_word_are_not_the_same() -> None:
    assert not same_answer(normalise("…"), normalise("…"))


def test_a_lightly_edited_copy_is_a_copy_and_another_report_is_not() -> None:
    edited = WIRE.replace("will be located", "is to be located").replace("southern ", "")
    report = "U.S. officials added that the effort would be headquartered in Wiesbaden, Germany."
    assert is_copy(WIRE, WIRE.upper())
    assert is_copy(WIRE, edited)
    assert not is_copy(WIRE, report)
    assert not is_copy("", "")
