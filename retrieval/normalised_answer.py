"""What two answers come down to: the same, a copy of the same text, or something different.

All of it works on normalised copies that are never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.documents.dates import MONTHS
from index.passages.words import STOP_WORDS, plain_words, stem, words

# Two texts that share this part of their three-word runs are copies of one another: wire copy
# edited lightly keeps about two thirds of them, independent reports of one event under a fifth.
COPY_SHARE = 0.5
_SHINGLE_WORDS = 3

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"bn": 1e9, "m": 1e6}
# Units under one name however they are written; any other word after a number is what it counts.
_UNITS = {
    "%": "percent", "percent": "percent", "$": "dollar", "dollar": "dollar", "usd": "dollar",
    "€": "euro", "euro": "euro", "eur": "euro", "£": "pound", "pound": "pound", "¥": "yen",
    "yen": "yen", "metre": "metre", "meter": "metre", "m": "metre", "kilometre": "kilometre",
    "kilometer": "kilometre", "km": "kilometre", "centimetre": "centimetre",
    "centimeter": "centimetre", "cm": "centimetre", "millimetre": "millimetre",
    "millimeter": "millimetre", "mm": "millimetre", "mile": "mile", "foot": "foot", "feet": "foot",
    "inch": "inch", "inche": "inch", "kilogramme": "kilogramme", "kilogram": "kilogramme",
    "kg": "kilogramme", "tonne": "tonne", "ton": "tonne", "litre": "litre", "liter": "litre",
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week",
    "month": "month", "year": "year", "decade": "decade", "century": "century",
    "degree": "degree", "hectare": "hectare", "acre": "acre", "square": "square", "cubic": "cubic",
}  # fmt: skip
_CURRENCIES, _CURRENCY = frozenset({"dollar", "euro", "pound", "yen"}), "money"
# Units that are whole numbers of another, so that both can be compared.
_MULTIPLES = {
    "kilometre": ("metre", 1000.0), "tonne": ("kilogramme", 1000.0), "minute": ("second", 60.0),
    "hour": ("second", 3600.0), "day": ("second", 86_400.0), "week": ("second", 604_800.0),
    "year": ("month", 12.0), "decade": ("month", 120.0), "century": ("month", 1200.0),
}  # fmt: skip
# What a number counts where no unit is named, and where nothing is.
_THINGS, _BARE, _MONTH_OF_YEAR = "things", "", "month of the year"
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = {word: float(number) for number, word in enumerate(_ONES)}
_NUMBER_WORDS |= {word: 10.0 * number for number, word in enumerate(_TENS, start=2)}
_AMOUNT = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?<![\w.,])(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d[\d.,]*(?<![.,])"
    rf"|(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[1:10])}))?\b|(?:{'|'.join(_ONES)})\b)"
    r"(?P<scale>(?:[\s-]?(?:hundred|thousand|million|billion|trillion|bn)\b|m\b)*)"
    r"(?:(?P<unit>\s?[%$€£¥])|[\s-]?(?P<word>per\s?cent|[^\W\d_]+[²³]?))?",
    re.IGNORECASE,
)
# "1,000.5", "1000.5", "1 000"; all else ("3,4", "1.000,5") means one thing here, another there.
_PLAIN_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_RANGE = re.compile(r"\d\s?[-–—]\s?\d|\d to \d|\bbetween\b", re.IGNORECASE)
_MONTH = "|".join(f"{name.capitalize()}|{name[:3].capitalize()}t?\\.?" for name in MONTHS)
_DATED = re.compile(
    rf"\d(?:st|nd|rd|th)?\s(?:of\s)?(?P<after>{_MONTH})(?!\w)|\b(?P<before>{_MONTH})\s\d"
)
_ONLY_MONTH = re.compile(rf"\W*(?:(?:in|early|late|mid)[\s-])*(?P<month>{_MONTH})\W*")
_MONTH_NAME = re.compile(_MONTH)
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer's words come down to, for comparing.

    Attributes:
        amounts: (value, unit) pairs, units named alike: "$40 billion" is (4e10, "dollar"). A month
            in a date is an amount, too: May is (5, "month of the year").
        stems: The stems of its words.
        is_date: The words name a month, so that the numbers are days and years.
        is_clear: No amount is a range, or written as one number here and as another there.
    """

    amounts: frozenset[tuple[float, str]]
    stems: frozenset[str]
    is_date: bool
    is_clear: bool


def claim_of(text: str) -> Claim:
    """Normalise an answer: numbers by value and unit, other words by stem."""
    read = [(_value(found), _unit(found)) for found in _AMOUNT.finditer(text)]
    amounts = {(value, unit) for value, unit in read if value is not None}
    months = {MONTHS.index(name) + 1.0 for name in _months(text)}
    amounts |= {(month, _MONTH_OF_YEAR) for month in months}
    return Claim(
        amounts=frozenset(amounts),
        stems=frozenset(words(text)),
        is_date=bool(months),
        is_clear=all(value is not None for value, _ in read) and not _RANGE.search(text),
    )


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

    Clauses are left alone, and names are not compared here: "Germany" and "Wiesbaden" are both
    right.
    """
    if not (one.amounts and other.amounts and one.is_clear and other.is_clear):
        return False
    if one.is_date is not other.is_date:
        mine, theirs = _years(one), _years(other)
        return bool(mine and theirs) and not mine & theirs
    kinds = {_base(1.0, unit)[1] for _, unit in one.amounts | other.amounts} - {_BARE}
    comparable = one.is_date or len({_CURRENCY if k in _CURRENCIES else k for k in kinds}) <= 1
    return comparable and not same_answer(one, other)


def says(clipping: Claim, answer: Claim) -> bool:
    """Whether a whole clipping has each amount of an answer: "40 billion euros ($43 billion)"."""
    return bool(answer.amounts) and _within(answer, clipping)


def is_unit(word: str) -> bool:
    """Whether a word names a unit: "euros", "kilometres"."""
    return _named(word) is not None


def _named(word: str) -> str | None:
    """The one name of a unit; None for a word that is none."""
    plain = re.sub(r"per\s?cent", "percent", word.lower())
    return _UNITS.get(plain) or _UNITS.get(plain.removesuffix("s"))


def _value(found: re.Match[str]) -> float | None:
    """The number that is written; None where that depends on the country."""
    digits = found["number"].lower()
    if digits[0].isdigit():
        joined = re.sub(r"\s", ",", digits)
        if not _PLAIN_NUMBER.fullmatch(joined):
            return None
        value = float(joined.replace(",", ""))
    else:
        value = sum(_NUMBER_WORDS[word] for word in re.split(r"[\s-]", digits))
    scales = re.findall(r"[a-z]+", (found["scale"] or "").lower())
    if found["sign"] and not scales and (found["word"] or "").lower() == "m":
        scales = ["m"]
    for scale in scales:
        value *= _SCALES[scale]
    return _rounded(value)


def _unit(found: re.Match[str]) -> str:
    """The unit of a number: that of its sign, of the word after it, or what it counts."""
    sign, word = found["sign"] or (found["unit"] or "").strip(), found["word"] or ""
    if sign:
        return _UNITS[sign]
    if not word or word.lower() in STOP_WORDS or _MONTH_NAME.fullmatch(word):
        return _BARE
    return _named(word) or _THINGS


def _months(text: str) -> set[str]:
    """The months of the dates in a text, in full; "may" and "march" are words beside."""
    found = [match["after"] or match["before"] for match in _DATED.finditer(text)]
    alone = _ONLY_MONTH.fullmatch(text)
    if alone:
        found.append(alone["month"])
    return {name for name in MONTHS for each in found if name[:3] == each[:3].lower()}


def _years(claim: Claim) -> set[float]:
    return {value for value, unit in claim.amounts if unit == _BARE and value in _YEARS}


def _within(one: Claim, other: Claim) -> bool:
    """Whether each amount of a claim is one of another's."""
    return all(any(_equal(mine, theirs) for theirs in other.amounts) for mine in one.amounts)


def _equal(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether two amounts are the same; a bare number is what the other counts."""
    if one[0] == other[0] and _BARE in {one[1], other[1]}:
        return _MONTH_OF_YEAR not in {one[1], other[1]}
    return _base(*one) == _base(*other)


def _base(value: float, unit: str) -> tuple[float, str]:
    """An amount in the smallest unit that it is a whole number of."""
    base, times = _MULTIPLES.get(unit, (unit, 1.0))
    return _rounded(value * times), base


def _rounded(value: float) -> float:
    """To nine digits: 4.1 million is 4,100,000, whatever a float makes of it."""
    return float(f"{value:.9g}")


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are the same copy, edited at most lightly."""
    ones, others = _shingles(one), _shingles(other)
    smaller = min(len(ones), len(others))
    return smaller > 0 and len(ones & others) / smaller >= COPY_SHARE


def _shingles(text: str) -> set[tuple[str, ...]]:
    cut = [stem(word) for word in plain_words(text)]
    return {tuple(cut[at : at + _SHINGLE_WORDS]) for at in range(len(cut) - _SHINGLE_WORDS + 1)}
