"""Finding the headline among the first lines of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.boilerplate import is_boilerplate
from index.documents.dates import parse_date_line
from index.documents.prose import SENTENCE_END, is_bullet, is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

# A headline and a byline stand in the first lines, or nowhere.
_HEAD_LINES = 12
_HEAD_CHARS = 4000
_MIN_HEADLINE_WORDS = 4
_MAX_HEADLINE_CHARS = 200


def head_lines(text: str) -> list[str]:
    """Returns the first lines of a text that are not empty, without white space around them."""
    lines = [line.strip("\ufeff \t\r") for line in text[:_HEAD_CHARS].split("\n")]
    return [line for line in lines if line][:_HEAD_LINES]


def find_headline(lines: Sequence[str]) -> tuple[int, str] | None:
    """Finds the headline of an article.

    Args:
        lines: The lines of the article's head, as `head_lines` returns them.

    Returns:
        The headline's position in `lines` and its text without Markdown's marks, or None. The
        search ends at the first line of prose.
    """
    for position, line in enumerate(lines):
        if is_boilerplate(line) or parse_date_line(line) is not None:
            continue
        if is_headline(line.lstrip("# ")):
            return position, line.lstrip("# ")
        if is_prose(line):
            return None
    return None


def is_headline(line: str) -> bool:
    """Returns whether a line could be a headline.

    A headline has at least four words and at most 200 characters, and does not end like a sentence
    except with a question mark or an exclamation mark.
    """
    line = line.strip()
    return (
        len(line.split()) >= _MIN_HEADLINE_WORDS
        and len(line) <= _MAX_HEADLINE_CHARS
        and not SENTENCE_END.search(line.rstrip("!?"))
        and not is_boilerplate(line)
        and not is_bullet(line)
        and parse_date_line(line) is None
    )
