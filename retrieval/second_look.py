"""Which lines of tables and lists are read once more by themselves.

In a passage with many like lines a reader often marks the neighbour of the line that answers. The
lines that have most words of the question are therefore read alone, each with its context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.outline import structure_of
from index.documents.spans import Passage
from index.documents.structure import BlockKind
from index.passages.context import context_lines, read_text
from index.passages.words import words
from retrieval.questions import with_long_forms
from retrieval.word_share import word_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.spans import Sentence
    from index.library.library import Library
    from retrieval.questions import Question
    from retrieval.search import Hit

# Of all hits together, and of one hit, at most so many lines are read again.
MAX_LINES, MAX_LINES_OF_A_HIT = 8, 2
_LINE_KINDS = frozenset((BlockKind.ROW, BlockKind.ITEM))


def lines_to_read(
    question: Question, hits: Sequence[Hit], library: Library
) -> list[tuple[Hit, Passage]]:
    """Returns the lines to read again, each with the hit that it stands in, the best first.

    A passage that is a single line has been read alone already.
    """
    found = [
        (-word_share(question, library, _stems(line)), at, line.start, hit, line)
        for at, hit in enumerate(hits)
        for line in _lines(hit)
    ]
    kept: list[tuple[Hit, Passage]] = []
    of_hit: dict[int, int] = {}
    for share, at, _, hit, line in sorted(found, key=lambda each: each[:3]):
        if share < 0 and of_hit.get(at, 0) < MAX_LINES_OF_A_HIT and len(kept) < MAX_LINES:
            of_hit[at] = of_hit.get(at, 0) + 1
            kept.append((hit, Passage(line.article, line.start, line.end)))
    return kept


def _lines(hit: Hit) -> Iterator[Sentence]:
    if len(hit.sentences) < 2:
        return
    structure = structure_of(hit.passage.article)
    for sentence in hit.sentences:
        at = structure.block_at(sentence.start)
        if at is not None and structure.blocks[at].kind in _LINE_KINDS:
            yield sentence


def _stems(line: Sentence) -> set[str]:
    """Returns the stems of a line and of its context."""
    texts = [read_text(line).text, *context_lines(line)]
    return set(words(with_long_forms(" ".join(texts))))
