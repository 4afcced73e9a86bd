"""The text that a passage is found by: its title, its own words, and words for a credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.boilerplate import is_credit

if TYPE_CHECKING:
    from index.documents.spans import Passage

# What a picture's credit stands for, in the words that people ask with.
CREDIT_WORDS = "\nphoto photograph photographed photographer picture image credit"


def indexed_text(passage: Passage) -> str:
    """Returns the text that is encoded, and whose words are indexed, for a passage.

    The article's title stands before the passage's own text, unless the passage holds the title.
    A picture's credit names only a person and an agency; `CREDIT_WORDS` are added, so that a
    question about who took a photograph finds it.
    """
    title = passage.article.title
    head = f"{title}\n" if title and title not in passage.text else ""
    has_credit = any(is_credit(line) for line in passage.text.splitlines())
    return f"{head}{passage.text}{CREDIT_WORDS if has_credit else ''}"
