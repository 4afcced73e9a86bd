"""From an article's text to sentences and passages, as spans that lose and invent nothing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from syntok import segmenter

from index.documents.lines import ends_a_sentence
from index.documents.spans import Article, Passage, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

# About 130 English words: one paragraph of an encyclopaedia, three or four of a news story. It
# leaves room for the question and the title in the reader's window.
MAX_PASSAGE_CHARS = 800
# A stretch without any sentence end (a table, a log, one endless line) is cut at this length.
MAX_SENTENCE_CHARS = 600
# Lines that a text editor broke at a fixed width have lengths in this range, in characters.
_WRAPPED = range(45, 101)
# The splitter gets at most so many characters at once: its time grows faster than its text.
_MAX_SPLITTER_CHARS = 20_000

_LINE_ENDS = "\n\r\x85\u2028\u2029"
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")

Range = tuple[int, int]


def split_sentences(article: Article, *, max_chars: int = MAX_SENTENCE_CHARS) -> list[Sentence]:
    """Cut an article's own text into sentences, in order.

    A line break ends a sentence unless the block of lines looks wrapped at a fixed width. Every
    character that is not white space lies in exactly one sentence; none is longer than
    `max_chars`.
    """
    paragraphs = _paragraphs(article, max_chars)
    return [Sentence(article, *sentence) for paragraph in paragraphs for sentence in paragraph]


def split_article(article: Article, *, max_chars: int = MAX_PASSAGE_CHARS) -> list[Passage]:
    """Group an article's sentences into passages, in order and without overlap.

    A paragraph that fits stays whole, one that does not is cut into parts of like length, and
    short ones are joined to what follows. Every character that is not white space lies in exactly
    one passage; none is longer than `max_chars`.
    """
    passages: list[Passage] = []
    for paragraph in _paragraphs(article, min(max_chars, MAX_SENTENCE_CHARS)):
        for start, end in _parts(paragraph, max_chars):
            last = passages[-1] if passages else None
            if last and end - last.start <= max_chars and len(last.text) < max_chars // 2:
                passages[-1] = Passage(article, last.start, end)
            else:
                passages.append(Passage(article, start, end))
    return passages


def _parts(paragraph: list[Range], max_chars: int) -> Iterator[Range]:
    """Cut a paragraph between its sentences into few parts of like length."""
    length = paragraph[-1][1] - paragraph[0][0]
    target = length / -(-length // max_chars)
    start = paragraph[0][0]
    for (_, end), (next_start, next_end) in pairwise(paragraph):
        middle_of_next = (next_start + next_end) / 2
        if next_end - start > max_chars or middle_of_next - start > target:
            yield start, end
            start = next_start
    yield start, paragraph[-1][1]


def _paragraphs(article: Article, max_chars: int) -> list[list[Range]]:
    """The sentences of each paragraph; what is not wrapped is one paragraph a line."""
    text = article.text
    paragraphs = []
    for block in _blocks(text, article.body):
        whole = [(block[0][0], block[-1][1])] if _is_wrapped(text, block) else block
        for line in whole:
            sentences = [
                piece for found in _sentences(text, line) for piece in _cut(text, found, max_chars)
            ]
            paragraphs.append(sentences)
    return paragraphs


def _blocks(text: str, start: int) -> Iterator[list[Range]]:
    """Lines, without the white space around them, grouped by the empty lines between them."""
    block: list[Range] = []
    previous_end = start
    for found in _LINE.finditer(text, start):
        line = _trimmed(text, *found.span())
        if line is None:
            continue
        gap = text[previous_end : line[0]].replace("\r\n", "\n")
        if block and sum(char in _LINE_ENDS for char in gap) > 1:
            yield block
            block = []
        block.append(line)
        previous_end = line[1]
    if block:
        yield block


def _is_wrapped(text: str, block: list[Range]) -> bool:
    """Whether an editor broke these lines at a fixed width, in the middle of sentences."""
    full = block[:-1]
    return (
        bool(full)
        and all(end - start in _WRAPPED for start, end in full)
        and sum(not ends_a_sentence(text[start:end]) for start, end in full) * 2 >= len(full)
        and max(end - start for start, end in full) - min(end - start for start, end in full) < 30
    )


def _sentences(text: str, line: Range) -> Iterator[Range]:
    """The sentences of one line; marks that stand alone stay with the sentence before them."""
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
            yield from _only(_trimmed(text, pending, stop))
            pending = stop
        yield from _only(_trimmed(text, pending, end))


def _cut(text: str, piece: Range, max_chars: int) -> Iterator[Range]:
    """Cut a range that is too long, at white space where there is any."""
    start, end = piece
    while end - start > max_chars:
        limit = start + max_chars
        space = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        yield from _only(_trimmed(text, start, space))
        start = space
    yield from _only(_trimmed(text, start, end))


def _trimmed(text: str, start: int, end: int) -> Range | None:
    """A range without the white space at its ends, or None if there is nothing else."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def _only(piece: Range | None) -> Iterator[Range]:
    if piece is not None:
        yield piece
