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
    "dollars": "dollar", "usd": "dollar", "€": "euro", "euro": "euro", "euros": "euro",
    "£": "pound", "pounds": "pound", "¥": "yen", "yen": "yen",
}  # fmt: skip
_CURRENCIES, _CURRENCY = frozenset({"dollar", "euro", "pound", "yen"}), "money"
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
}
_AMOUNT = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<number>\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b)"
    r"[\s-]?(?P<scale>(?:thousand|million|billion|trillion|bn|m)\b)?"
    r"\s?(?P<unit>%|per\s?cent|dollars?|euros?|pounds|yen|usd)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer's words come down to, for comparing.

    Attributes:
        amounts: (value, unit) pairs, units named alike: "$40 billion" is (4e10, "dollar").
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
        unit = (found["sign"] or found["unit"] or "").lower()
        unit = _UNITS.get(re.sub(r"per\s?cent", "percent", unit), unit)
        amounts.add((value * _SCALES.get((found["scale"] or "").lower(), 1.0), unit))
    return Claim(frozenset(amounts), frozenset(words(text)), bool(_MONTH.search(text)))


def same_answer(one: Claim, other: Claim) -> bool:
    """Whether two answers say the same: equal amounts, or one's words lie within the other's.

    Where both hold numbers the numbers decide, so "over 90%" is not "more than 99 percent".
    """
    if one.amounts and other.amounts:
        return one.amounts <= other.amounts or other.amounts <= one.amounts
    if not one.stems or not other.stems:
        return False
    return one.stems <= other.stems or other.stems <= one.stems


def differ(one: Claim, other: Claim) -> bool:
    """Whether two answers to one question cannot both be meant: amounts or dates that are unlike.

    Names and clauses are left alone: "Germany" and "Wiesbaden" are both right.
    """
    if not one.amounts or not other.amounts or one.is_date != other.is_date:
        return False
    kinds = {_CURRENCY if unit in _CURRENCIES else unit for _, unit in one.amounts | other.amounts}
    return len(kinds) == 1 and not same_answer(one, other)


def is_copy(one: str, other: str) -> bool:
    """Whether two texts are the same copy, edited at most lightly."""
    ones, others = _shingles(one), _shingles(other)
    smaller = min(len(ones), len(others))
    return smaller > 0 and len(ones & others) / smaller >= COPY_SHARE


def _shingles(text: str) -> set[tuple[str, ...]]:
    cut = [stem(word) for word in plain_words(text)]
    return {tuple(cut[at : at + _SHINGLE_WORDS]) for at in range(len(cut) - _SHINGLE_WORDS + 1)}
