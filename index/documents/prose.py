"""How to tell lines of prose and items of lists from other lines."""

from __future__ import annotations

import re

# The punctuation that closes a sentence, and the quotes and brackets that may follow it.
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
# No headline and no date line is longer than this.
_MAX_SHORT_LINE_CHARS = 200


def ends_a_sentence(line: str) -> bool:
    """Returns whether a line ends with punctuation that closes a sentence."""
    return bool(SENTENCE_END.search(line.strip()))


def is_prose(line: str) -> bool:
    """Returns whether a line in an article's head is prose: it ends a sentence, or it is long."""
    return ends_a_sentence(line) or len(line) > _MAX_SHORT_LINE_CHARS


def is_bullet(line: str) -> bool:
    """Returns whether a line is an item of a list."""
    return bool(_BULLET.match(line))
