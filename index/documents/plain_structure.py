"""The structure of plain text: lines, wrapped paragraphs, items, questions with their answers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from index.documents.blocks import find_blocks, is_wrapped, trim
from index.documents.structure import Block, BlockKind, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.documents.structure import Range

_QUESTION = re.compile(
    r"(?:Q|Question|Frage|F)\s?\d{0,3}\s?[:.)]\s[^\n]{1,300}\?\W*$", re.IGNORECASE
)
_ANSWER = re.compile(r"(?:A|Answer|Antwort)\s?\d{0,3}\s?[:.)]\s", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+\S")
_SPEAKER = re.compile(
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?"
    r"([A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,3})(?: \([^()]{1,40}\))?:\s"
)
# Before a line of a mail that is quoted in another.
_QUOTE_MARK = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_LEAD_IN = re.compile(r"[:：]\s*$")


def plain_structure(text: str, body: int = 0) -> Structure:
    """Returns the structure of plain text.

    The lines of a wrapped block are one block of the structure; any other line is a block of its
    own. Lines that begin with a number or a bullet, at least two together, are a list.

    Args:
        text: The text.
        body: Where the article's own text begins; what stands before it is hidden.
    """
    paragraphs = list(_paragraphs(text, body))
    blocks: list[Block] = []
    speakers = _speakers(text, paragraphs)
    group, question = 0, None
    for at, (start, end, after_gap) in enumerate(paragraphs):
        line = text[start:end]
        kind = _kind(line, speakers)
        if kind is BlockKind.ITEM and not _continues(text, paragraphs, at):
            kind = BlockKind.PARAGRAPH
        above = blocks[-1] if blocks else None
        if kind is BlockKind.ITEM and (above is None or above.kind is not BlockKind.ITEM):
            group += 1
        owner = _owner(text, blocks, kind, question, line)
        if kind is BlockKind.QUESTION:
            question = len(blocks)
        elif after_gap and owner != question:
            question = None
        listed = group if kind is BlockKind.ITEM else None
        blocks.append(
            Block(kind, start, end, level=int(listed is not None), owner=owner, group=listed)
        )
    return Structure(tuple(blocks), tuple(_hidden(text, body)))


def _hidden(text: str, body: int) -> Iterator[Range]:
    """Yields what stands before the body, and the marks of quoted mail."""
    front = trim(text, 0, body)
    if front is not None:
        yield front
    for found in _QUOTE_MARK.finditer(text, body):
        yield found.start(), found.start() + len(found[0].rstrip())


def _paragraphs(text: str, body: int) -> Iterator[tuple[int, int, bool]]:
    """Yields (start, end, whether an empty line stands before it) of each line or wrapped block."""
    for block in find_blocks(text, body):
        unmarked = [line for start, end in block if (line := _unmarked(text, start, end))]
        for row, lines in enumerate(_runs(text, unmarked)):
            if is_wrapped(text, lines):
                lines = [(lines[0][0], lines[-1][1])]  # noqa: PLW2901 — one line now
            for at, (start, end) in enumerate(lines):
                yield start, end, row == at == 0


def _unmarked(text: str, start: int, end: int) -> Range | None:
    """Returns a line without the mark of quoted mail; None where nothing is left."""
    found = _QUOTE_MARK.match(text, start, end)
    return trim(text, found.end() if found else start, end)


def _runs(text: str, lines: list[Range]) -> Iterator[list[Range]]:
    """Yields the lines of a block, those of each item together."""
    begins = [bool(_ITEM.match(text, start, end)) for start, end in lines]
    if not lines or (sum(begins) < 2 and not begins[0]):
        yield from [lines] if lines else []
        return
    run: list[Range] = []
    for line, is_item in zip(lines, begins, strict=True):
        if is_item and run:
            yield run
            run = []
        run.append(line)
    yield run


def _kind(line: str, speakers: set[str]) -> BlockKind:
    if _QUESTION.match(line):
        return BlockKind.QUESTION
    if _ITEM.match(line):
        return BlockKind.ITEM
    spoken = _SPEAKER.match(line)
    return BlockKind.TURN if spoken and spoken[1] in speakers else BlockKind.PARAGRAPH


def _speakers(text: str, paragraphs: Sequence[tuple[int, int, bool]]) -> set[str]:
    """Returns the names that stand before a colon at the beginning of two lines or more."""
    found = [_SPEAKER.match(text, start, end) for start, end, _ in paragraphs]
    names = Counter(spoken[1] for spoken in found if spoken)
    return {name for name, count in names.items() if count > 1}


def _continues(text: str, paragraphs: Sequence[tuple[int, int, bool]], at: int) -> bool:
    """Returns whether a neighbouring line is an item as well."""
    near = [row for row in (at - 1, at + 1) if 0 <= row < len(paragraphs)]
    return any(_ITEM.match(text, paragraphs[row][0], paragraphs[row][1]) for row in near)


def _owner(
    text: str, blocks: Sequence[Block], kind: BlockKind, question: int | None, line: str
) -> int | None:
    """Returns the block above that a line is not understood without."""
    if not blocks or kind is BlockKind.QUESTION:
        return None
    above = blocks[-1]
    if question is not None and (question == len(blocks) - 1 or _ANSWER.match(line)):
        return question
    if kind is BlockKind.ITEM and above.kind is BlockKind.ITEM:
        return above.owner
    ends_open = _LEAD_IN.search(text, max(above.start, above.end - 3), above.end)
    return len(blocks) - 1 if ends_open else None
