"""Which lines of tables and lists are read once more by themselves.

In a passage with many like lines a reader often marks the neighbour of the line that answers. The
lines that have most words of the question are therefore read alone, each with its context.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.dates import MONTHS
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
MAX_HEADINGS = 4
_DATE = re.compile(rf"\b(?:(?:19|20)\d\d\b|(?:{'|'.join(MONTHS)})\b)", re.IGNORECASE)
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
    dated = _dated_sections(hits) if question.kind == "time" else []
    return [*kept, *dated[:MAX_HEADINGS]]


def _dated_sections(hits: Sequence[Hit]) -> list[tuple[Hit, Passage]]:
    """Returns headings with a date, each with the sentence below it; a heading alone is no answer.

    The versions of a program are listed so: "3.1.0 (2023-11-14)".
    """
    found: dict[Passage, Hit] = {}
    for hit in hits:
        article, first = hit.passage.article, hit.sentences[0]
        structure = structure_of(article)
        at = structure.block_at(first.start)
        if at is None:
            continue
        for row in structure.headings_of(at):
            heading = structure.blocks[row]
            if _DATE.search(article.text, heading.start, heading.end) and _is_first(hit, row):
                found.setdefault(Passage(article, heading.start, first.end), hit)
    return [(hit, passage) for passage, hit in found.items()]


def _is_first(hit: Hit, heading: int) -> bool:
    """Returns whether nothing but other headings stands between a heading and a hit."""
    blocks = structure_of(hit.passage.article).blocks
    first_after = next(
        (block for block in blocks[heading + 1 :] if block.kind is not BlockKind.HEADING), None
    )
    return first_after is not None and first_after.start <= hit.passage.start < first_after.end


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
