"""The structure of plain text: lines, wrapped paragraphs, items, questions with their answers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from index.documents.blocks import trim
from index.documents.dialogue import ANSWER, QUESTION, SPEAKER, goes_on
from index.documents.plain_paragraphs import ITEM, plain_paragraphs
from index.documents.structure import Block, BlockKind, Structure

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from index.documents.plain_paragraphs import Paragraph

_LEAD_IN = re.compile(r"[:：]\s*$")


def plain_structure(text: str, body: int = 0) -> Structure:
    """Returns the structure of plain text.

    The lines of a wrapped block are one block of the structure; any other line is a block of its
    own. Lines that begin with a number or a bullet, at least two together, are a list.

    Args:
        text: The text.
        body: Where the article's own text begins; what stands before it is hidden.
    """
    paragraphs, marks = plain_paragraphs(text, body)
    speakers = _speakers(text, paragraphs)
    blocks: list[Block] = []
    group, question = 0, None
    for at, paragraph in enumerate(paragraphs):
        kind = _kind(text, paragraphs, at, speakers)
        is_item = kind is BlockKind.ITEM
        if is_item and (not blocks or blocks[-1].kind is not BlockKind.ITEM):
            group += 1
        owner = _owner(text, blocks, kind, question, paragraph)
        if kind is BlockKind.QUESTION:
            question = at
        elif paragraph.after_gap and owner != question:
            question = None
        listed = group if is_item else None
        where = paragraph.start, paragraph.end
        blocks.append(Block(kind, *where, level=int(is_item), owner=owner, group=listed))
    front = trim(text, 0, body)
    return Structure(tuple(blocks), (front, *marks) if front else tuple(marks))


def _kind(
    text: str, paragraphs: Sequence[Paragraph], at: int, speakers: Container[str]
) -> BlockKind:
    """Returns what a paragraph is; an item has another item beside it."""
    paragraph = paragraphs[at]
    line = text[paragraph.start : paragraph.end]
    if QUESTION.match(line):
        return BlockKind.QUESTION
    near = [*paragraphs[max(at - 1, 0) : at], *paragraphs[at + 1 : at + 2]]
    if ITEM.match(line) and any(ITEM.match(text, each.start, each.end) for each in near):
        return BlockKind.ITEM
    spoken = None if _is_answer(text, paragraphs, at) else SPEAKER.match(line)
    if spoken and spoken["name"] in speakers:
        return BlockKind.TURN
    return BlockKind.QUOTATION if paragraph.is_quoted else BlockKind.PARAGRAPH


def _speakers(text: str, paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Returns the names that stand before a colon at the beginning of two lines or more."""
    found = [
        SPEAKER.match(text, each.start, each.end)
        for at, each in enumerate(paragraphs)
        if not _is_answer(text, paragraphs, at)
    ]
    names = Counter(spoken["name"] for spoken in found if spoken)
    return frozenset(name for name, count in names.items() if count > 1)


def _is_answer(text: str, paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Returns whether a paragraph is the answer to the question right above it."""
    if not at or not ANSWER.match(text, paragraphs[at].start, paragraphs[at].end):
        return False
    above = paragraphs[at - 1]
    return bool(QUESTION.match(text[above.start : above.end]))


def _owner(
    text: str,
    blocks: Sequence[Block],
    kind: BlockKind,
    question: int | None,
    paragraph: Paragraph,
) -> int | None:
    """Returns the block above that a paragraph is not understood without."""
    if not blocks:
        return None
    if kind is BlockKind.QUESTION:
        return question if goes_on(text[paragraph.start : paragraph.end]) else None
    above = blocks[-1]
    is_answer = question == len(blocks) - 1 or ANSWER.match(text, paragraph.start, paragraph.end)
    if question is not None and is_answer:
        return question
    if kind is BlockKind.ITEM and above.kind is BlockKind.ITEM:
        return above.owner
    ends_open = _LEAD_IN.search(text, max(above.start, above.end - 3), above.end)
    return len(blocks) - 1 if ends_open else None
