"""Whether an answer is of the kind that a question asks for: a time, a number, a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.dates import MONTHS
from index.passages.words import plain_words, stem

if TYPE_CHECKING:
    from retrieval.questions import Question

_TIME = re.compile(
    r"\d|\b(?:" + "|".join(MONTHS) + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
    r"|tomorrow|century|decade|spring|summer|autumn|winter|noon|midnight|ago)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|millions?|billions?|half|twice|once|none|several|many)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_a-z]\w*")
_PATTERNS = {"time": _TIME, "number": _NUMBER, "person": _NAME, "place": _NAME}
# What a number counts stands among so many words from the number on: "72 electric buses",
# "2.5 million of the older buses".
_COUNTED_WITHIN_WORDS = 6


def kind_fit(question: Question, answer: str, onwards: str) -> tuple[float, float]:
    """Tells whether an answer is of the kind asked for, and whether it is not: (fits, misfits).

    A number of something else than what is to be counted neither fits nor misfits: "How many
    buses?" may mean the "72 vehicles", and seldom means the "48 charging stations".

    Args:
        question: What is asked.
        answer: The decisive words.
        onwards: The decisive words and what follows them in the clipping.
    """
    pattern = _PATTERNS.get(question.kind)
    if pattern is None:
        return 0.0, 0.0
    found = pattern.search(answer)
    if found and question.counted:
        return float(_counts(len(answer), onwards, question)), 0.0
    return float(bool(found)), float(not found)


def _counts(length: int, onwards: str, question: Question) -> bool:
    """Tells whether what is to be counted follows a number among the first `length` characters."""
    tails = [onwards[number.start() :] for number in _NUMBER.finditer(onwards[:length])]
    nouns = set(question.counted)
    return any(nouns & set(map(stem, plain_words(tail)[:_COUNTED_WITHIN_WORDS])) for tail in tails)
