"""The line in which an article says itself who wrote it, or when it was published or updated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.blocks import find_blocks
from index.documents.dates import parse_date_line
from index.documents.spans import Quote
from index.passages.words import plain_words
from retrieval.about_wordings import AboutKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.article import Article

# Such a line stands among the first lines, or nowhere.
_HEAD_LINES = 12
_HEAD_CHARS = 4_000
_MAX_LINE_CHARS = 200
_EMPHASIS = re.compile(r"[*_]+")
_OPENING = (
    r"(?i:(?:(?:written|posted|published|words|text) )?by|von|authors?|autor(?:in|en)?"
    r"|verfasser(?:in)?)\b:? "
)
_OPENS_A_BYLINE = re.compile(_OPENING)
# Names begin with capitals: "By Anna Holm and Bo Lind, 3 May 2021".
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_BYLINE = re.compile(
    rf"{_OPENING}{_NAME}(?: (?:(?:and|und|&|de|van|von|der) )?{_NAME}){{1,5}}(?: ?[,|·–—].*)?"
)


def own_line(article: Article, kind: AboutKind) -> Quote | None:
    """Returns the line of an article's head that answers what is asked about it, or None."""
    for line in _head(article):
        if kind is AboutKind.AUTHOR:
            is_meant = _names_author(line.text, article)
        else:
            day = getattr(article, kind.value)
            is_meant = day is not None and parse_date_line(line.text) == day
        if is_meant:
            return line
    return None


def _names_author(line: str, article: Article) -> bool:
    """Returns whether a line is the byline of an article."""
    line = " ".join(_EMPHASIS.sub("", line).split())
    if article.author is None:
        return _BYLINE.fullmatch(line) is not None
    names = set(plain_words(article.author))
    return _OPENS_A_BYLINE.match(line) is not None and names <= set(plain_words(line))


def _head(article: Article) -> Iterator[Quote]:
    """Yields the first lines of an article's own text."""
    end = article.body + _HEAD_CHARS
    lines = (line for block in find_blocks(article.text[:end], article.body) for line in block)
    for (start, stop), _ in zip(lines, range(_HEAD_LINES), strict=False):
        if stop - start <= _MAX_LINE_CHARS:
            yield Quote(article, start, stop)
