"""Reads the amounts of a text: numbers with their units, and the months of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.documents.dates import MONTHS
from index.passages.words import STOP_WORDS

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES |= {"bn": 1e9, "m": 1e6}
# The one name of each unit. Any other word after a number is what the number counts.
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
CURRENCIES, CURRENCY = frozenset({"dollar", "euro", "pound", "yen"}), "money"
# Units that are a whole number of a smaller unit, with that number: both can be compared.
_MULTIPLES = {
    "kilometre": ("metre", 1000.0), "tonne": ("kilogramme", 1000.0), "minute": ("second", 60.0),
    "hour": ("second", 3600.0), "day": ("second", 86_400.0), "week": ("second", 604_800.0),
    "year": ("month", 12.0), "decade": ("month", 120.0), "century": ("month", 1200.0),
}  # fmt: skip
# Stands for what a number counts where no unit is named, for nothing after the number, and for the
# month of a date.
_THINGS, BARE, MONTH_OF_YEAR = "things", "", "month of the year"
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
# "1,000.5", "1000.5", "1 000". Any other form ("3,4", "1.000,5") means different numbers in
# different countries.
_PLAIN_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MONTH = "|".join(f"{name.capitalize()}|{name[:3].capitalize()}t?\\.?" for name in MONTHS)
_DATED = re.compile(
    rf"\d(?:st|nd|rd|th)?\s(?:of\s)?(?P<after>{_MONTH})(?!\w)|\b(?P<before>{_MONTH})\s\d"
)
_ONLY_MONTH = re.compile(rf"\W*(?:(?:in|early|late|mid)[\s-])*(?P<month>{_MONTH})\W*")
_MONTH_NAME = re.compile(_MONTH)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts.

    Attributes:
        value: To nine digits: 4.1 million is 4,100,000, whatever the rounding of floats.
        unit: One name for each unit, BARE for a number alone, MONTH_OF_YEAR for a month.
    """

    value: float
    unit: str

    def in_smallest_unit(self) -> Amount:
        """Returns the amount in the smallest unit that its own unit is a whole number of."""
        unit, times = _MULTIPLES.get(self.unit, (self.unit, 1.0))
        return Amount(_rounded(self.value * times), unit)

    def equals(self, other: Amount) -> bool:
        """Tells whether two amounts are the same; a bare number counts what the other counts."""
        if self.value == other.value and BARE in {self.unit, other.unit}:
            return MONTH_OF_YEAR not in {self.unit, other.unit}
        return self.in_smallest_unit() == other.in_smallest_unit()


def amounts_in(text: str) -> list[Amount | None]:
    """Reads each number of a text with its unit; None for a number that is not clear.

    A number is not clear if it is written in a way that means different numbers in different
    countries.
    """
    found = list(_AMOUNT.finditer(text))
    values = [_value(match) for match in found]
    return [
        None if value is None else Amount(value, _unit(match))
        for value, match in zip(values, found, strict=True)
    ]


def months_in(text: str) -> list[Amount]:
    """Reads the months of the dates in a text. Elsewhere "may" and "march" are other words."""
    found = [match["after"] or match["before"] for match in _DATED.finditer(text)]
    alone = _ONLY_MONTH.fullmatch(text)
    if alone:
        found.append(alone["month"])
    numbers = [
        number
        for number, name in enumerate(MONTHS, start=1)
        if any(name[:3] == each[:3].lower() for each in found)
    ]
    return [Amount(float(number), MONTH_OF_YEAR) for number in numbers]


def is_unit(word: str) -> bool:
    """Tells whether a word names a unit: "euros", "kilometres"."""
    return _unit_name(word) is not None


def _unit_name(word: str) -> str | None:
    """Returns the one name of a unit; None for a word that names no unit."""
    plain = re.sub(r"per\s?cent", "percent", word.lower())
    return _UNITS.get(plain) or _UNITS.get(plain.removesuffix("s"))


def _value(found: re.Match[str]) -> float | None:
    """Returns the number that is written; None where that depends on the country."""
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
    """Returns the unit of a number: its sign's, that of the word after it, or what it counts."""
    sign, word = found["sign"] or (found["unit"] or "").strip(), found["word"] or ""
    if sign:
        return _UNITS[sign]
    if not word or word.lower() in STOP_WORDS or _MONTH_NAME.fullmatch(word):
        return BARE
    return _unit_name(word) or _THINGS


def _rounded(value: float) -> float:
    return float(f"{value:.9g}")
