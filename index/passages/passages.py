"""Grouping the sentences of an article into passages, as spans that lose and invent nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from index.documents.outline import block_section
from index.documents.spans import Passage, Sentence
from index.passages.sentences import MAX_SENTENCE_CHARS, find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.article import Article
    from index.documents.blocks import Range
    from index.documents.outline import Section

# About 130 English words: one paragraph of an encyclopaedia, three or four of a news story. It
# leaves room for the question and the title in the reader's window.
MAX_PASSAGE_CHARS = 800


def split_article(article: Article) -> tuple[list[Passage], list[Sentence]]:
    """Cuts an article into its passages and its sentences, both in order."""
    paragraphs = find_paragraphs(article, max_chars=MAX_SENTENCE_CHARS)
    passages = _grouped(article, paragraphs, MAX_PASSAGE_CHARS)
    return passages, [Sentence(article, *each) for _, found in paragraphs for each in found]


def split_passages(article: Article, *, max_chars: int = MAX_PASSAGE_CHARS) -> list[Passage]:
    """Groups an article's sentences into passages, in order and without overlap.

    A passage never goes on under another heading, nor with the answer to another question. A block
    that fits stays whole, a longer block is cut into parts of like length, and a short block is
    joined to what follows. Every sentence lies in exactly one passage; no passage is longer than
    `max_chars`.
    """
    paragraphs = find_paragraphs(article, max_chars=min(max_chars, MAX_SENTENCE_CHARS))
    return _grouped(article, paragraphs, max_chars)


def _grouped(
    article: Article, paragraphs: Sequence[tuple[int, list[Range]]], max_chars: int
) -> list[Passage]:
    """Groups the sentences of each block, which `find_paragraphs` returned, into passages."""
    passages: list[Passage] = []
    section: Section | None = None
    for at, sentences in paragraphs:
        above, section = section, block_section(article, at)
        for start, end in _parts(sentences, max_chars):
            last = passages[-1] if passages and above == section else None
            above = section
            if last and end - last.start <= max_chars and len(last.text) < max_chars // 2:
                passages[-1] = Passage(article, last.start, end)
            else:
                passages.append(Passage(article, start, end))
    return passages


def _parts(paragraph: list[Range], max_chars: int) -> Iterator[Range]:
    """Cuts a paragraph between its sentences into few parts of like length."""
    length = paragraph[-1][1] - paragraph[0][0]
    target = length / -(-length // max_chars)
    start = paragraph[0][0]
    for (_, end), (next_start, next_end) in pairwise(paragraph):
        middle_of_next = (next_start + next_end) / 2
        if next_end - start > max_chars or middle_of_next - start > target:
            yield start, end
            start = next_start
    yield start, paragraph[-1][1]
