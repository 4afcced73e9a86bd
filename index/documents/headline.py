"""Finding the headline among the first lines of a text without structure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.blocks import find_blocks, is_wrapped
from index.documents.boilerplate import is_boilerplate
from index.documents.dates import parse_date_line
from index.documents.field_names import is_field_name
from index.documents.prose import SENTENCE_END, is_bullet, is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.blocks import Range

# A headline and a byline stand in the first lines, or nowhere.
_HEAD_LINES = 12
_HEAD_CHARS = 4000
_MIN_HEADLINE_WORDS = 4
_MAX_HEADLINE_CHARS = 200
_FIELD = re.compile(r"([^\W\d_][\w.-]*(?: [\w.-]+){0,2}):[ \t]")
_BYLINE = re.compile(r"(?:by|von)(?:\s+[^\W\d_]\S*){1,6}", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/!?]")
_ROW = re.compile(r"\||[^|\t]{0,200}(?:\t[^\t]{0,200}\t|\|[^|]{0,200}\|)")
# Markdown's marks, where a text is written with them.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)|\{#[^{}]*\}$|[ \t]#+$")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of a text's head.

    Attributes:
        text: The line without white space around it.
        is_whole: Whether the line stands for itself. It does not where a sentence goes on in the
            next line, or where the lines around it are fields.
    """

    text: str
    is_whole: bool = True


def head_lines(text: str, start: int = 0) -> list[HeadLine]:
    """Returns the first lines from `start` on that are not empty."""
    head = text[start : start + _HEAD_CHARS].replace("\ufeff", " ")
    lines: list[HeadLine] = []
    for block in find_blocks(head, 0):
        lines += _lines_of(head, block)
        if len(lines) >= _HEAD_LINES:
            break
    return lines[:_HEAD_LINES]


def find_headline(lines: Sequence[HeadLine]) -> tuple[int, str] | None:
    """Finds the headline of an article.

    Args:
        lines: The lines of the article's head, as `head_lines` returns them.

    Returns:
        The headline's position in `lines` and its text without Markdown's marks, or None. The
        search ends at the first line of prose, and at a sentence that goes on in the next line.
    """
    for position, line in enumerate(lines):
        if is_boilerplate(line.text) or parse_date_line(line.text) is not None:
            continue
        title = _without_marks(line.text)
        if line.is_whole and is_headline(title):
            return position, title
        if is_prose(line.text) or not line.is_whole:
            return None
    return None


def is_headline(line: str) -> bool:
    """Returns whether a line could be a headline.

    A headline has at least four words and at most 200 characters, does not end like a sentence
    except with a question mark or an exclamation mark, and is no row of a table, no tag, no field,
    and no lead-in to what follows.
    """
    line = line.strip()
    return (
        len(line.split()) >= _MIN_HEADLINE_WORDS
        and len(line) <= _MAX_HEADLINE_CHARS
        and not SENTENCE_END.search(line.rstrip("!?"))
        and not _is_other(line)
        and parse_date_line(line) is None
    )


def _is_other(line: str) -> bool:
    """Returns whether a line is clearly something else than a headline."""
    field = _FIELD.match(line)
    return (
        is_boilerplate(line)
        or is_bullet(line)
        or line.endswith((":", "：", ","))
        or _TAG.match(line) is not None
        or _ROW.match(line) is not None
        or (field is not None and is_field_name(field[1]))
    )


def _lines_of(text: str, block: list[Range]) -> Iterator[HeadLine]:
    """Yields the lines of one block."""
    lines = [text[start:end] for start, end in block]
    are_fields = sum(_FIELD.match(line) is not None for line in lines) > 1
    are_wrapped = is_wrapped(text, block)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_cut = are_wrapped or following[:1].islower()
        goes_on = bool(following) and is_cut and not _is_below_a_headline(following)
        is_field = are_fields and _FIELD.match(line) is not None
        yield HeadLine(line, is_whole=not goes_on and not is_field)


def _is_below_a_headline(line: str) -> bool:
    """Returns whether a line stands below a headline without an empty line: a byline, a date."""
    return (
        (_BYLINE.fullmatch(line) is not None and not is_prose(line))
        or parse_date_line(line) is not None
        or is_boilerplate(line)
    )


def _without_marks(line: str) -> str:
    return _MARKS.sub("", _LINK.sub(r"\1", line.lstrip("# "))).strip()
