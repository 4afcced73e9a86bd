"""A clipping in its context: the rest of its list or table, or the sentences around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.documents.outline import block_section, structure_of
from index.documents.spans import Quote
from index.documents.structure import BlockKind
from index.passages.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.structure import Block, Range, Structure

CONTEXT_SENTENCES = 2  # before the clipping, and as many after it
WINDOW_CHARS = 3_000  # how far to look: an article may be a book; four sentences are shorter


def with_context(quote: Quote) -> Quote:
    """Returns the quote with what stands around it in its section.

    A quote from a list or a table comes with all of it. A quote that is a whole list, or from none,
    comes with two sentences before and after it, where its section has them.
    """
    structure = structure_of(quote.article)
    at = structure.block_at(quote.start)
    if at is None:
        return quote
    listed = _with_list(structure, quote, at)
    return _with_sentences(structure, quote, at) if listed == quote else listed


def _with_list(structure: Structure, quote: Quote, at: int) -> Quote:
    """Returns the quote with the list or table that it is from, or that it leads in to.

    Of a list that is longer than any message only the items near the quote are looked at.
    """
    last = structure.block_at(quote.end - 1)
    groups = (_outer_group(structure, row) for row in (at, last) if row is not None)
    group = next((each for each in groups if each is not None), None)
    if group is None:
        return quote
    window = (quote.start - WINDOW_CHARS, quote.end + WINDOW_CHARS)
    onwards = range(at if last is None else last, len(structure.blocks))
    rows = [*_rows(structure, range(at, -1, -1), group, window)]
    rows += _rows(structure, onwards, group, window)
    start = min((structure.blocks[row].start for row in rows), default=quote.start)
    end = max((structure.blocks[row].end for row in rows), default=quote.end)
    return Quote(quote.article, min(start, quote.start), max(end, quote.end))


def _rows(structure: Structure, rows: range, group: int, window: Range) -> Iterator[int]:
    """Yields the first of some blocks that are in a list or table and in a window."""
    for row in rows:
        block = structure.blocks[row]
        chain = (*structure.owners_of(row), row)
        is_listed = any(structure.blocks[each].group == group for each in chain)
        if not is_listed or block.end < window[0] or block.start > window[1]:
            return
        yield row


def _outer_group(structure: Structure, row: int) -> int | None:
    """Returns the outermost list or table in which a block stands; None where it is in none."""
    chain = (*structure.owners_of(row), row)
    groups = (structure.blocks[each].group for each in chain)
    return next((group for group in groups if group is not None), None)


def _with_sentences(structure: Structure, quote: Quote, at: int) -> Quote:
    """Returns the quote with the sentences around it."""
    left = max(quote.start - WINDOW_CHARS, 0)
    right = min(quote.end + WINDOW_CHARS, len(quote.article.text))
    ranges = list(_sentences(structure, quote, at, (left, right)))
    before = [start for start, _ in ranges if start < quote.start][-CONTEXT_SENTENCES:]
    after = [end for _, end in ranges if end > quote.end][:CONTEXT_SENTENCES]
    return Quote(quote.article, min([quote.start, *before]), max([quote.end, *after]))


def _sentences(structure: Structure, quote: Quote, at: int, window: Range) -> Iterator[Range]:
    """Yields the sentences of the quote's section inside a window."""
    first = last = at
    while first > 0 and _goes_on(structure, quote, first - 1, at, window):
        first -= 1
    while last + 1 < len(structure.blocks) and _goes_on(structure, quote, last + 1, at, window):
        last += 1
    blocks = structure.blocks[first : last + 1]
    near = replace(structure, blocks=tuple(_inside(each, window) for each in blocks))
    for sentence in split_sentences(replace(quote.article, structure=near)):
        yield sentence.start, sentence.end


def _goes_on(structure: Structure, quote: Quote, row: int, at: int, window: Range) -> bool:
    """Tells whether a block belongs to the section of the quote's block, and to the window."""
    block = structure.blocks[row]
    is_near = block.end > window[0] and block.start < window[1]
    # A heading below the quote stands under the same heading as the quote, and ends its section.
    if block.kind is BlockKind.HEADING or not is_near:
        return False
    return block_section(quote.article, row) == block_section(quote.article, at)


def _inside(block: Block, window: Range) -> Block:
    """Returns the part of a block inside a window; the block it belongs to does not matter here."""
    start, end = max(block.start, window[0]), min(block.end, window[1])
    return replace(block, start=start, end=end, heading=None, owner=None)
