"""The kind of answer that a question asks for, and what a "how many" wants counted."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Literal

from index.passages.words import STOP_WORDS, plain_words, stem
from retrieval.amounts import is_unit

Kind = Literal["person", "time", "number", "place", "yes_no", "other"]

_COUNTED = re.compile(r"\bhow many (?:(?:more|other|of|the|different|total) )*((?:[\w'-]+ ?){1,4})")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "time",
        re.compile(r"\b(?:when|what (?:year|day|date|month|time|century)|how long ago|date)\b"),
    ),
    (
        "number",
        re.compile(r"\bhow (?:many|much|large|big|long|old|far|high|tall|often|fast)\b|\bpercent"),
    ),
    ("person", re.compile(r"\b(?:who|whom|whose)\b")),
    ("place", re.compile(r"\b(?:where|what (?:city|country|place|town|state))\b")),
    (
        "yes_no",
        re.compile(
            r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b"
        ),
    ),
)


def kind_of(text: str) -> Kind:
    """Returns the kind of answer that fits a question; the first pattern that fits decides."""
    lowered = text.lower().strip()
    return next((kind for kind, pattern in _KINDS if pattern.search(lowered)), "other")


def counted_stems(text: str) -> tuple[str, ...]:
    """Returns the stems of the words after "how many", up to the first stop word.

    Of "how many rocket motors will Canada …" those are the stems of "rocket motors". There are none
    if the first word is a unit, since many numbers have their unit abbreviated or as a sign. A verb
    may be among them ("people live"), which does no harm: what is counted stands nearer to the
    number.
    """
    found = _COUNTED.search(text.lower())
    following = plain_words(found[1]) if found else []
    if not following or is_unit(following[0]):
        return ()
    return tuple(stem(word) for word in takewhile(lambda word: word not in STOP_WORDS, following))
