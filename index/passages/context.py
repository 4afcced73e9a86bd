"""What a passage is read with: its title, its headings, what it belongs to, its tables in words.

None of it is quoted as if it stood there: a character that does not stand in the passage has no
place.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.documents.cells import row_cells
from index.documents.outline import heading_texts, owner_texts, structure_of
from index.documents.structure import BlockKind
from index.documents.visible import Visible, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.article import Article
    from index.documents.spans import Span
    from index.documents.structure import Block

# A lead-in or a question that is longer is cut: it takes room of the passage in a model's window.
_MAX_LINE_CHARS = 200
_TABLE_KINDS = frozenset((BlockKind.TABLE_HEADER, BlockKind.ROW))


def context_lines(span: Span) -> tuple[str, ...]:
    """Returns what a span is understood with: title, headings, lead-in or question, in this order.

    What stands in the span itself is left out, as is a line that says the same as another.
    """
    title = span.article.title or _words_of_name(span.article)
    lines = [title] if title and title not in span.text else []
    lines += [*heading_texts(span), *owner_texts(span)]
    return tuple(dict.fromkeys(line[:_MAX_LINE_CHARS] for line in lines))


def _words_of_name(article: Article) -> str:
    """Returns the words of a file's name, which tell tables without a title apart.

    Plain text and Markdown have lines of their own that do.
    """
    if not article.extractor:
        return ""
    return " ".join(re.findall(r"[^\W_]+", PurePosixPath(article.slug).stem))


def read_text(span: Span) -> Visible:
    """Returns a span as the models read it.

    It is what a reader of the page sees. In a table each cell stands behind the word above its
    column, "Plan: Basic; Price: 12", since a model does not see columns.
    """
    article = span.article
    structure = structure_of(article)
    first, last = structure.block_at(span.start), structure.block_at(span.end - 1)
    blocks = structure.blocks[first or 0 : (last or 0) + 1]
    if not any(block.kind in _TABLE_KINDS for block in blocks):
        return visible(article.text, structure_of(article), span.start, span.end)
    parts = [part for block in blocks for part in _block_parts(span, block)]
    text = "".join(part.text for part in parts)
    starts = tuple(place for part in parts for place in part.starts)
    return Visible(text, starts, tuple(place for part in parts for place in part.ends))


def _block_parts(span: Span, block: Block) -> Iterator[Visible]:
    article = span.article
    start, end = max(block.start, span.start), min(block.end, span.end)
    if start >= end or block.kind is BlockKind.TABLE_HEADER:
        return
    if block.kind is BlockKind.ROW:
        yield from _row_parts(span, block, start, end)
    else:
        yield visible(article.text, structure_of(article), start, end)
    yield _words("\n")


def _row_parts(span: Span, row: Block, start: int, end: int) -> Iterator[Visible]:
    """Yields the cells of a row, each behind the word above its column."""
    article = span.article
    names = _column_names(span, row)
    for column, cell in enumerate(row_cells(article.text, row.start, row.end)):
        left, right = max(cell[0], start), min(cell[1], end)
        if left >= right:
            continue
        if column < len(names) and names[column]:
            yield _words(f"{names[column]}: ")
        yield visible(article.text, structure_of(article), left, right)
        yield _words("; ")


def _column_names(span: Span, row: Block) -> list[str]:
    article = span.article
    if row.owner is None:
        return []
    header = structure_of(article).blocks[row.owner]
    if header.kind is not BlockKind.TABLE_HEADER:
        return []
    return [
        " ".join(visible(article.text, structure_of(article), left, right).text.split())
        for left, right in row_cells(article.text, header.start, header.end)
    ]


def _words(text: str) -> Visible:
    """Returns words that do not stand in the article."""
    nowhere = (-1,) * len(text)
    return Visible(text, nowhere, nowhere)


def sentence_text(sentence: Span) -> str:
    """Returns a sentence as it is encoded: behind the nearest heading and what it belongs to.

    "Booking by fax." says little without the heading "Removed" above it.
    """
    title = sentence.article.title
    above = [line for line in heading_texts(sentence)[-1:] if line != title]
    lines = [*above, *owner_texts(sentence)]
    head = "".join(f"{line[:_MAX_LINE_CHARS]}\n" for line in lines)
    return head + read_text(sentence).text
