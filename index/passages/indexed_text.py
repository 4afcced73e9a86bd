"""The text that a passage is found by: its context, its own words, and words for a credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.boilerplate import is_credit
from index.passages.context import context_lines, read_text

if TYPE_CHECKING:
    from index.documents.spans import Passage

# What a picture's credit stands for, in the words that people ask with.
CREDIT_WORDS = "\nphoto photograph photographed photographer picture image credit"


def indexed_text(passage: Passage) -> str:
    """Returns the text that is encoded, and whose words are indexed, for a passage.

    The article's title, the headings and what the passage belongs to stand before the passage's own
    text. A picture's credit names only a person and an agency; `CREDIT_WORDS` are added, so that a
    question about who took a photograph finds it.
    """
    head = "".join(f"{line}\n" for line in context_lines(passage))
    text = read_text(passage).text
    has_credit = any(is_credit(line) for line in text.splitlines())
    return f"{head}{text}{CREDIT_WORDS if has_credit else ''}"
