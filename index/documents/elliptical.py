"""Questions that go on with the question above: "And what about trams?"."""

from __future__ import annotations

import re

_GOES_ON = re.compile(
    r"(?:(?:Q|Question|Frage|F)\s?\d{0,3}\s?[:.)]\s)?[\W_]{0,40}"
    r"(?:(?:and|but|or|so|then|und|aber|oder)\b|(?:what|how) about\b|was ist mit\b|why not\b)",
    re.IGNORECASE,
)


def goes_on(question: str) -> bool:
    """Returns whether a question is not understood without the question above it."""
    return bool(_GOES_ON.match(question))
