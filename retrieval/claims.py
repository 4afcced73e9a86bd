"""What two answers come down to: the same, a copy of the same text, or something different.

All of it works on normalised copies that are never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.lines import MONTHS
from index.words import plain_words, stem, words

# Two texts that share this part of their three-word runs are copies of one another: wire copy
# edited lightly keeps about two thirds of them, independent reports of one event under a fifth.
COPY_SHARE = 0.5
_SHINGLE_WORDS = 3

_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "m": 1e6}
_UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "$": "dollar", "dollar": "dollar",
    "usd": "dollar", "€": "euro", "euro": "euro", "£": "pound", "pound": "pound", "¥": "yen",
    "yen": "yen", "meter": "metre", "m": "metre", "kilometer": "kilometre", "km": "kilometre",
    "feet": "foot", "kilogram": "kilogramme", "kg": "kilogramme", "ton": "tonne",
}  # fmt: skip
_CURRENCIES, _CURRENCY = frozenset({"dollar", "euro", "pound", "yen"}), "money"
# Units that are whole numbers of another; between all others nothing is converted.
_MULTIPLES = {
    "kilometre": ("metre", 1000.0), "tonne": ("kilogramme", 1000.0), "week": ("day", 7.0),
    "hour": ("minute", 60.0), "year": ("month", 12.0), "decade": ("month", 120.0),
}  # fmt: skip
_MONTH_OF_YEAR = "month of the year"
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
}
_AMOUNT = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b)"
    r"(?P<scale>(?:[\s-]?(?:thousand|million|billion|trillion|bn)|m)\b)?"
    r"[\s-]?(?P<unit>%|(?:per\s?cent|(?:dollar|euro|pound|(?:kilo)?met(?:re|er)|mile|kilogram(?:me)?"
    r"|tonne|ton|minute|hour|day|week|month|year|decade)s?|yen|usd|km|kg|m|foot|feet)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer's words come down to, for comparing.

    Attributes:
        amounts: (value, unit) pairs, units named alike: "$40 billion" is (4e10, "dollar"). A month
            in a date is an amount, too: May is (5, "month of the year").
        stems: The stems of its words.
        is_date: The words name a month, so that the numbers are days and years.
    """

    amounts: frozenset[tuple[float, str]]
    stems: frozenset[str]
    is_date: bool


def claim_of(text: str) -> Claim:
    """Normalise an answer: numbers by value and unit, other words by stem."""
    amounts = set()
    for found in _AMOUNT.finditer(text):
        digits = found["number"].lower().replace(",", "")
        value = float(_NUMBER_WORDS[digits]) if digits in _NUMBER_WORDS else float(digits)
        scale = _SCALES.get((found["scale"] or "").lower().strip(" -"), 1.0)
        amounts.add((value * scale, _unit(found["sign"] or found["unit"] or "")))
    months = {MONTHS.index(name.lower()) + 1.0 for name in _MONTH.findall(text)}
    amounts |= {(month, _MONTH_OF_YEAR) for month in months}
    return Claim(frozenset(amounts), frozenset(words(text)), bool(months))


def same_answer(one: Claim, other: Claim) -> bool:
    """Whether two answers say the same: equal amounts, or one's words lie within the other's.

    Where both hold numbers the numbers decide, so "over 90%" is not "more than 99 percent".
    """
    if one.amounts and other.amounts:
        return _within(one, other) or _within(other, one)
    if not one.stems or not other.stems:
        return False
    return one.stems <= other.stems or other.stems <= one.stems


def differ(one: Claim, other: Claim) -> bool:
    """Whether two answers to one question cannot both be meant: amounts or dates that are unlike.

    Names and clauses are left alone: "Germany" and "Wiesbaden" are both right.
    """
    if not one.amounts or not other.amounts or one.is_date != other.is_date:
        return False
    if one.is_date:
        return not same_answer(one, other)
    kinds = {_dimension(unit) for _, unit in one.amounts | other.amounts}
    return len(kinds) == 1 and not same_answer(one, other)


def _unit(written: str) -> str:
    """One name for a unit however it is written; "" for none."""
    plain = re.sub(r"per\s?cent", "percent", written.lower())
    plain = plain if plain in _UNITS else plain.removesuffix("s")
    return _UNITS.get(plain, plain)


def _dimension(unit: str) -> str:
    """What amounts of a unit can be compared with."""
    return _CURRENCY if unit in _CURRENCIES else _MULTIPLES.get(unit, (unit, 1.0))[0]


def _within(one: Claim, other: Claim) -> bool:
    """Whether each amount of a claim is one of another's."""
    return all(any(_equal(mine, theirs) for theirs in other.amounts) for mine in one.amounts)


def _equal(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether two amounts are the same; one without a unit is what the other counts."""
    if one[0] == other[0] and "" in {one[1], other[1]}:
        return True
    (value, unit), (its_value, its_unit) = (
        (amount * _MULTIPLES.get(unit, (unit, 1.0))[1], _MULTIPLES.get(unit, (unit, 1.0))[0])
        for amount, unit in (one, other)
    )
    return value == its_value and unit == its_unit


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are the same copy, edited at most lightly."""
    ones, others = _shingles(one), _shingles(other)
    smaller = min(len(ones), len(others))
    return smaller > 0 and len(ones & others) / smaller >= COPY_SHARE


def _shingles(text: str) -> set[tuple[str, ...]]:
    cut = [stem(word) for word in plain_words(text)]
    return {tuple(cut[at : at + _SHINGLE_WORDS]) for at in range(len(cut) - _SHINGLE_WORDS + 1)}
