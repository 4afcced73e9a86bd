"""How lines of questions, answers and speakers begin, in plain text and in Markdown alike."""

from __future__ import annotations

import re

_QUESTION_MARK = r"(?:Q|Question|Frage|F)\s?\d{0,3}\s?[:.)]\s"
# How a line begins that is a question by its mark.
QUESTION_MARK = re.compile(_QUESTION_MARK, re.IGNORECASE)
# Such a line, which ends with a question mark.
QUESTION = re.compile(_QUESTION_MARK + r"[^\n]{1,300}\?\W*$", re.IGNORECASE)
ANSWER = re.compile(r"(?:A|Answer|Antwort)\s?\d{0,3}\s?[:.)]\s", re.IGNORECASE)
# A name of up to four words and a colon, after a time where there is one.
SPEAKER = re.compile(
    r"(?P<time>[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?"
    r"(?P<name>[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,3})(?: \([^()]{1,40}\))?:\s"
)
_GOES_ON = re.compile(
    rf"(?:{_QUESTION_MARK})?[\W_]{{0,40}}"
    r"(?:(?:and|but|or|so|then|und|aber|oder)\b|(?:what|how) about\b|was ist mit\b|why not\b)",
    re.IGNORECASE,
)


def goes_on(question: str) -> bool:
    """Returns whether a question needs the question above it: "And what about trams?"."""
    return bool(_GOES_ON.match(question))
