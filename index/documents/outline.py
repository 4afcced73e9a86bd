"""What stands around a stretch of an article: its block, the headings above, what it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.documents.plain_structure import plain_structure
from index.documents.structure import BlockKind, MarkKind
from index.documents.visible import overlapping, visible_text

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.spans import Span
    from index.documents.structure import Block, Range, Structure


def structure_of(article: Article) -> Structure:
    """Returns the structure of an article; that of plain text where nobody has looked for it."""
    return article.structure or _plain_structure(article)


@lru_cache(maxsize=256)  # an article that was read from a file has its structure with it
def _plain_structure(article: Article) -> Structure:
    return plain_structure(article.text, article.body)


def block_of(span: Span) -> int | None:
    """Returns the position of the block in which a span begins."""
    return structure_of(span.article).block_at(span.start)


_LINES = frozenset((BlockKind.ROW, BlockKind.ITEM))


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, or answers one question.

    Attributes:
        article: The article.
        heading: The position of the heading; None above the first heading.
        question: The position of the question that is answered; None where none is.
    """

    article: Article
    heading: int | None
    question: int | None


def section_of(span: Span) -> Section:
    """Returns the section in which a span begins."""
    structure = structure_of(span.article)
    at = structure.block_at(span.start)
    if at is None:
        return Section(span.article, None, None)
    return block_section(span.article, at)


def is_line(span: Span) -> bool:
    """Returns whether a span begins in a row of a table or in an item of a list of Markdown."""
    structure = structure_of(span.article)
    at = structure.block_at(span.start)
    return at is not None and structure.blocks[at].kind in _LINES


def block_section(article: Article, position: int) -> Section:
    """Returns the section of a block."""
    structure = structure_of(article)
    blocks = structure.blocks
    owners = reversed(structure.owners_of(position))
    question = next((row for row in owners if blocks[row].kind is BlockKind.QUESTION), None)
    return Section(article, blocks[position].heading, question)


def blocks_in(structure: Structure, start: int, end: int) -> tuple[Block, ...]:
    """Returns the blocks that share a character with a stretch of a document, in order."""
    found = []
    for block in structure.blocks[structure.block_at(start) or 0 :]:
        if block.start >= end:
            break
        if block.end > start:
            found.append(block)
    return tuple(found)


def block_text(article: Article, block: Block) -> str:
    """Returns what a reader sees of a block, on one line."""
    shown = visible_text(article.text, structure_of(article), block.start, block.end)
    return " ".join(shown.split())


def heading_texts(span: Span) -> tuple[str, ...]:
    """Returns the headings that a span stands under, the outermost first, as a reader sees them."""
    structure = structure_of(span.article)
    at = structure.block_at(span.start)
    if at is None:
        return ()
    blocks = structure.blocks
    return tuple(block_text(span.article, blocks[row]) for row in structure.headings_of(at))


def owner_texts(span: Span) -> tuple[str, ...]:
    """Returns what a span's block belongs to and what the span does not hold, outermost first."""
    structure = structure_of(span.article)
    at = structure.block_at(span.start)
    if at is None:
        return ()
    owners = (structure.blocks[row] for row in structure.owners_of(at))
    return tuple(block_text(span.article, each) for each in owners if each.end <= span.start)


def visible_runs(span: Span) -> tuple[Range, ...]:
    """Returns the stretches of a span that a reader sees, in order: markup lies between them."""
    runs: list[Range] = []
    start = span.start
    hidden = structure_of(span.article).hidden
    for left, right in [*overlapping(hidden, span.start, span.end), (span.end, span.end)]:
        if start < left and span.article.text[start:left].strip():
            runs.append((start, left))
        start = max(start, right)
    return tuple(runs)


def leads_elsewhere(span: Span) -> bool:
    """Returns whether a span is a link to another place of the same documents and nothing else."""
    article = span.article
    structure = structure_of(article)
    at = bisect_left(structure.marks, span.start, key=lambda mark: mark.start)
    for mark in structure.marks[at : at + 3]:
        if mark.kind is MarkKind.LINK and mark.target and mark.end <= span.end:
            ends = ((span.start, mark.start), (mark.end, span.end))
            around = "".join(visible_text(article.text, structure, *end) for end in ends)
            target = article.text[slice(*mark.target)].lower()
            is_alone = not any(char.isalnum() for char in around)
            return is_alone and not target.startswith(("http:", "https:", "mailto:"))
    return False
