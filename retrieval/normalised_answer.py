"""What an answer's words come down to, so that answers can be compared.

The normalised copies are for comparing only and are never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.passages.words import plain_words, stem, words
from retrieval.amounts import BARE, CURRENCIES, CURRENCY, Amount, amounts_in, months_in

# Two texts that share this part of their three-word runs are copies of one text: lightly edited
# wire copy keeps about two thirds of them, independent reports of one event under a fifth.
COPY_SHARE = 0.5
_SHINGLE_WORDS = 3
_RANGE = re.compile(r"\d\s?[-–—]\s?\d|\d to \d|\bbetween\b", re.IGNORECASE)
# Bare numbers that are taken for years.
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class NormalisedAnswer:
    """An answer's amounts and words, for comparing.

    Attributes:
        amounts: "$40 billion" is Amount(4e10, "dollar"). The month of a date is an amount as well.
        stems: The stems of its words.
        is_date: The words name a month, so that the numbers are days and years.
        is_clear: No amount is a range, and no amount is written in a way that means different
            numbers in different countries.
    """

    amounts: frozenset[Amount]
    stems: frozenset[str]
    is_date: bool
    is_clear: bool


def normalise(text: str) -> NormalisedAnswer:
    """Normalises an answer: numbers by value and unit, other words by stem."""
    amounts, months = amounts_in(text), months_in(text)
    clear = [amount for amount in amounts if amount is not None]
    return NormalisedAnswer(
        amounts=frozenset([*clear, *months]),
        stems=frozenset(words(text)),
        is_date=bool(months),
        is_clear=len(clear) == len(amounts) and not _RANGE.search(text),
    )


def same_answer(one: NormalisedAnswer, other: NormalisedAnswer) -> bool:
    """Tells whether two answers say the same.

    They do if their amounts are equal, or if the words of one lie within the words of the other.
    Where both hold numbers the numbers decide, so "over 90%" is not "more than 99 percent".
    """
    if one.amounts and other.amounts:
        return _amounts_within(one, other) or _amounts_within(other, one)
    if not one.stems or not other.stems:
        return False
    return one.stems <= other.stems or other.stems <= one.stems


def contradict(one: NormalisedAnswer, other: NormalisedAnswer) -> bool:
    """Tells whether two answers to one question cannot both be meant: unlike amounts or dates.

    Answers without numbers never contradict each other here. Names are not compared: "Germany" and
    "Wiesbaden" are both right.
    """
    if not (one.amounts and other.amounts and one.is_clear and other.is_clear):
        return False
    if one.is_date is not other.is_date:
        mine, theirs = _years(one), _years(other)
        return bool(mine and theirs) and not mine & theirs
    units = {amount.in_smallest_unit().unit for amount in one.amounts | other.amounts} - {BARE}
    kinds = {CURRENCY if unit in CURRENCIES else unit for unit in units}
    comparable = one.is_date or len(kinds) <= 1
    return comparable and not same_answer(one, other)


def states_amounts_of(clipping: NormalisedAnswer, answer: NormalisedAnswer) -> bool:
    """Tells whether a clipping has each amount of an answer: "40 billion euros ($43 billion)"."""
    return bool(answer.amounts) and _amounts_within(answer, clipping)


def is_copy(one: str, other: str) -> bool:
    """Tells whether two texts are copies of one text, edited at most lightly."""
    ones, others = _shingles(one), _shingles(other)
    smaller = min(len(ones), len(others))
    return smaller > 0 and len(ones & others) / smaller >= COPY_SHARE


def _years(answer: NormalisedAnswer) -> set[float]:
    return {each.value for each in answer.amounts if each.unit == BARE and each.value in _YEARS}


def _amounts_within(one: NormalisedAnswer, other: NormalisedAnswer) -> bool:
    """Tells whether each amount of an answer is an amount of another answer."""
    return all(any(mine.equals(theirs) for theirs in other.amounts) for mine in one.amounts)


def _shingles(text: str) -> set[tuple[str, ...]]:
    """Returns the runs of three stems of a text."""
    cut = [stem(word) for word in plain_words(text)]
    return {tuple(cut[at : at + _SHINGLE_WORDS]) for at in range(len(cut) - _SHINGLE_WORDS + 1)}
