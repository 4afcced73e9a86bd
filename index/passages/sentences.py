"""Cutting an article's text into sentences, as spans that lose and invent nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from syntok import segmenter

from index.documents.blocks import find_blocks, is_wrapped, trim
from index.documents.spans import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.article import Article
    from index.documents.blocks import Range

# A stretch without any sentence end (a table, a log, one endless line) is cut at this length.
MAX_SENTENCE_CHARS = 600
# syntok gets at most this many characters at once: its time grows faster than its text.
_MAX_SPLITTER_CHARS = 20_000


def split_sentences(article: Article, *, max_chars: int = MAX_SENTENCE_CHARS) -> list[Sentence]:
    """Cuts an article's own text into sentences, in order.

    A line break ends a sentence unless the block of lines looks wrapped at a fixed width. Every
    character that is not white space lies in exactly one sentence; no sentence is longer than
    `max_chars`.
    """
    paragraphs = find_paragraphs(article, max_chars=max_chars)
    return [Sentence(article, *sentence) for paragraph in paragraphs for sentence in paragraph]


def find_paragraphs(article: Article, *, max_chars: int) -> list[list[Range]]:
    """Returns the sentences of each paragraph of an article, in order.

    The lines of a wrapped block are one paragraph; any other line is a paragraph of its own. No
    sentence is longer than `max_chars`.
    """
    text = article.text
    paragraphs = []
    for block in find_blocks(text, article.body):
        lines = [(block[0][0], block[-1][1])] if is_wrapped(text, block) else block
        for line in lines:
            sentences = [
                piece for found in _sentences(text, line) for piece in _cut(text, found, max_chars)
            ]
            paragraphs.append(sentences)
    return paragraphs


def _sentences(text: str, line: Range) -> Iterator[Range]:
    """Yields the sentences of a line; marks that stand alone stay with the sentence before them."""
    for start, end in _cut(text, line, _MAX_SPLITTER_CHARS):
        starts = [
            start + tokens[0].offset
            for paragraph in segmenter.process(text[start:end])
            for tokens in paragraph
        ]
        bounds = [start, *starts[1:], end]
        pending = start
        for _, stop in pairwise(bounds):
            rest = text[stop:end]
            if not any(char.isalnum() for char in text[pending:stop]) and rest:
                continue
            if stop < end and not any(char.isalnum() for char in rest):
                break
            yield from _unless_empty(trim(text, pending, stop))
            pending = stop
        yield from _unless_empty(trim(text, pending, end))


def _cut(text: str, piece: Range, max_chars: int) -> Iterator[Range]:
    """Cuts a range that is too long, at white space if there is any."""
    start, end = piece
    while end - start > max_chars:
        limit = start + max_chars
        space = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        yield from _unless_empty(trim(text, start, space))
        start = space
    yield from _unless_empty(trim(text, start, end))


def _unless_empty(piece: Range | None) -> Iterator[Range]:
    if piece is not None:
        yield piece
