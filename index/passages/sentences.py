"""Cutting an article's text into sentences, as spans that lose and invent nothing.

A sentence never crosses the end of a block. Headings, the headers of tables, questions and the
terms of definitions are no sentences: they answer nothing by themselves, and stand in the context
of the sentences below them (`index.passages.context`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from syntok import segmenter

from index.documents.blocks import trim
from index.documents.outline import structure_of
from index.documents.spans import Sentence
from index.documents.structure import BlockKind
from index.documents.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.article import Article
    from index.documents.blocks import Range
    from index.documents.structure import Block, Structure

# A stretch without any sentence end (a table, a log, one endless line) is cut at this length.
MAX_SENTENCE_CHARS = 600
# syntok gets at most this many characters at once: its time grows faster than its text.
_MAX_SPLITTER_CHARS = 20_000
# Blocks that are context for other blocks, and blocks that are one sentence whatever they hold.
CONTEXT_KINDS = frozenset(
    (BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.QUESTION, BlockKind.TERM)
)
_WHOLE_KINDS = frozenset((BlockKind.ROW, BlockKind.CODE))
# A letter that names a thing ends a sentence with its full stop; any other letter with a full stop
# is the initial of a name.
_LETTER_LABEL = re.compile(
    r"\b(?:annex|appendix|bay|berth|block|building|case|channel|chapter|class|column|corner|deck"
    r"|dock|door|entrance|exhibit|exit|figure|floor|gate|grade|group|hall|house|item|lane|level|line"
    r"|lot|option|part|phase|pier|plan|platform|point|quay|room|row|section|sector|series|shelf|side"
    r"|site|spot|stage|stand|step|table|team|terminal|tier|type|unit|version|vitamin|wing|zone)"
    r" [A-Z]\. (?=[A-Z])"
)
# The end of a sentence, and the first word of the next without a blank between them.
_FORGOTTEN_SPACE = re.compile(r"[^\W\d_]{3}[.!?][^\W\d_a-z][a-z]*[\s,]")
# A day as German writes it, "am 5. Mai", which ends no sentence.
_ORDINAL = re.compile(
    r"\b(?:ab|am|beim|bis|das|dem|den|der|die|im|seit|vom|zum|zur) \d{1,3}\.\s+$", re.IGNORECASE
)
_LONGEST_ORDINAL = 12  # characters
_ENDS_WITHOUT_SPACE = frozenset("。！？")  # scripts that put no space between sentences
# No sentence begins with one of these, whatever stands before it.
_CLOSING = frozenset(".,;:!?)]}…”’»%–—")


def split_sentences(article: Article, *, max_chars: int = MAX_SENTENCE_CHARS) -> list[Sentence]:
    """Cuts an article's own text into sentences, in order.

    Every visible character that is not white space, and does not stand in a block that is context
    alone, lies in exactly one sentence. No sentence is longer than `max_chars`.
    """
    paragraphs = find_paragraphs(article, max_chars=max_chars)
    return [Sentence(article, *sentence) for _, paragraph in paragraphs for sentence in paragraph]


def find_paragraphs(article: Article, *, max_chars: int) -> list[tuple[int, list[Range]]]:
    """Returns the sentences of each block of an article, with the block's position, in order.

    Blocks without sentences are left out. No sentence is longer than `max_chars`.
    """
    structure = structure_of(article)
    kept = [at for at, block in enumerate(structure.blocks) if block.kind not in CONTEXT_KINDS]
    paragraphs = []
    for at in kept or range(len(structure.blocks)):
        block = structure.blocks[at]
        found = [
            piece
            for sentence in _sentences(article.text, structure, block)
            for piece in _cut(article.text, sentence, max_chars)
        ]
        paragraphs.append((at, found))
    return [(at, found) for at, found in paragraphs if found]


def _sentences(text: str, structure: Structure, block: Block) -> Iterator[Range]:
    """Yields the sentences of a block; marks that stand alone stay with the sentence before."""
    if block.kind in _WHOLE_KINDS:
        yield block.start, block.end
        return
    for start, end in _cut(text, (block.start, block.end), _MAX_SPLITTER_CHARS):
        seen = visible(text, structure, start, end)
        for first, last in _split(seen.text):
            yield from _unless_empty(trim(text, *seen.range(first, last)))


def _split(text: str) -> Iterator[Range]:
    """Yields the sentences of a text without blocks in it, with the white space after each."""
    # A line end is a blank here, or syntok joins words at a hyphen and counts wrongly after it.
    flat = "".join(" " if char.isspace() else char for char in text)
    starts = [
        tokens[0].offset for paragraph in segmenter.analyze(flat) for tokens in paragraph if tokens
    ]
    starts = [at for at in starts[1:] if _may_begin(flat, at)]
    labelled = (found.end() for found in _LETTER_LABEL.finditer(flat))
    bounds = [0, *sorted({*starts, *labelled}), len(flat)]
    pending = 0
    for _, stop in pairwise(bounds):
        rest = flat[stop:]
        if not _has_word(flat[pending:stop]) and rest:
            continue
        if rest and not _has_word(rest):
            break
        if flat[pending:stop].strip():
            yield pending, stop
        pending = stop
    if flat[pending:].strip():
        yield pending, len(flat)


def _may_begin(text: str, at: int) -> bool:
    """Returns whether a sentence may begin at a place: not inside a word, nor at a closing mark."""
    before = text[at - 1 : at]
    is_gap = before.isspace() or before in _ENDS_WITHOUT_SPACE
    if _ORDINAL.search(text, max(at - _LONGEST_ORDINAL, 0), at):
        return False
    return text[at] not in _CLOSING and (is_gap or bool(_FORGOTTEN_SPACE.match(text, at - 4)))


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _cut(text: str, piece: Range, max_chars: int) -> Iterator[Range]:
    """Cuts a range that is too long, at a line end or other white space if there is any."""
    start, end = piece
    while end - start > max_chars:
        limit = start + max_chars
        line = text.rfind("\n", start + max(max_chars // 2, 1), limit)
        space = next((at for at in range(limit, start, -1) if text[at].isspace()), limit)
        stop = line if line > 0 else space
        yield from _unless_empty(trim(text, start, stop))
        start = stop
    yield from _unless_empty(trim(text, start, end))


def _unless_empty(piece: Range | None) -> Iterator[Range]:
    if piece is not None:
        yield piece
