"""What a paragraph of Markdown is: prose, a question, an answer, a turn of speech, a bold line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from operator import and_
from typing import TYPE_CHECKING

from index.documents.dialogue import ANSWER, QUESTION, SPEAKER
from index.documents.markdown.lines import seen_characters
from index.documents.structure import BlockKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from index.documents.markdown.inline import InlineText

# Steps that are paragraphs: a number in a circle or on a key, "Step 2:".
_STEP = re.compile(
    r"\d\ufe0f?\u20e3|[\u2460-\u2473\u2776-\u277f]|(?:Step|Schritt) \d{1,2}\b[ .:)–—-]"
)
# Words before a colon that name no speaker.
_LABELS = frozenset(
    """attention author by caution cc date description error example examples faq from hint
    important input info name note notes output pro-tip re result returns see source status subject
    summary tags tip tips title to todo type usage version warning achtung beispiel betreff datum
    hinweis wichtig""".split()
)
_MARKUP = re.compile(r"[*_]{1,3}")
_MAX_SPEAKER_CHARS = 160  # of a line, with a time and a role
# An abbreviation that is spelled out where the reader points at it.
_ABBREVIATION = re.compile(r"\*\[[^\[\]]+\]:.*")
_LINE = re.compile(r"[^\n\r]+")
# No bold line that stands for a heading is longer.
_MAX_BOLD_LINE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paragraph that is a block of its own.

    Attributes:
        kind: What it is.
        start: Where it begins in the paragraph's content.
        end: Its end, not included.
        level: As `Block.level` has it.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


def find_speakers(text: str, start: int) -> frozenset[str]:
    """Returns the names that stand before a colon at the beginning of two lines or more.

    Args:
        text: The text of a document.
        start: Where it begins.
    """
    names: Counter[str] = Counter()
    for line in _LINE.finditer(text, start):
        found = SPEAKER.match(_MARKUP.sub("", line[0][:_MAX_SPEAKER_CHARS]) + " ")
        if found and found["name"].casefold() not in _LABELS:
            names[found["name"]] += 1
    return frozenset(name for name, count in names.items() if count > 1)


def split_paragraph(
    content: str, inline: InlineText, *, speakers: Container[str], bold_level: int
) -> Iterator[Part]:
    """Yields the blocks that a paragraph consists of; mostly one.

    Args:
        content: The paragraph's inline content.
        inline: What there is to see in it.
        speakers: The names of those who speak in the document.
        bold_level: The level of a bold line that stands for a heading.
    """
    whole = "".join(compress(content, inline.seen)).strip()
    if len(whole) <= _MAX_BOLD_LINE_CHARS and "\n" not in whole and _is_bold(content, inline):
        if whole.endswith("?"):
            yield Part(BlockKind.QUESTION, 0, len(content))
            return
        if not whole.endswith((".", "!", ";", ",")):
            yield Part(BlockKind.HEADING, 0, len(content), bold_level)
            return
    begun = Part(BlockKind.PARAGRAPH, 0, 0)
    at = 0
    for line in content.split("\n"):
        end = at + len(line)
        seen = "".join(compress(line, inline.seen[at:end])).lstrip()
        kind = _kind_of_line(seen, begun, speakers)
        if _ABBREVIATION.fullmatch(line):
            yield begun
            begun = Part(BlockKind.PARAGRAPH, end, end)
        elif kind is None:
            begun = Part(begun.kind, begun.start, end)
        else:
            yield begun
            begun = Part(kind, at, end)
        at = end + 1
    yield begun


def _kind_of_line(line: str, above: Part, speakers: Container[str]) -> BlockKind | None:
    """Returns what begins with a line; None where the line goes on with what is above."""
    if QUESTION.match(line):
        return BlockKind.QUESTION
    if (above.kind is BlockKind.QUESTION or not above.end) and ANSWER.match(line):
        return BlockKind.PARAGRAPH
    if _STEP.match(line):
        return BlockKind.ITEM
    spoken = SPEAKER.match(line + " ")
    if spoken and (spoken["time"] or spoken["name"] in speakers):
        return BlockKind.TURN
    return None


def _is_bold(content: str, inline: InlineText) -> bool:
    """Returns whether all that is visible is bold."""
    bold = [(mark.start, mark.end) for mark in inline.marks if mark.kind is MarkKind.STRONG]
    plain = map(and_, inline.seen, seen_characters(len(content), bold))
    return bool(bold) and not "".join(compress(content, plain)).strip(" \n:")
