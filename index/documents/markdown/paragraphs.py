"""What a paragraph of Markdown is: prose, a question, an answer, a turn of speech, a bold line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.structure import BlockKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.markdown.inline import InlineText
    from index.documents.structure import Range

_QUESTION = re.compile(
    r"(?:Q|Question|Frage|F)\s?\d{0,3}\s?[:.)]\s[^\n]{1,300}\?\W*$", re.IGNORECASE
)
_ANSWER = re.compile(r"(?:A|Answer|Antwort)\s?\d{0,3}\s?[:.)]\s", re.IGNORECASE)
# Steps that are paragraphs: a number in a circle or on a key, "Step 2:".
_STEP = re.compile(
    r"\d\ufe0f?\u20e3|[\u2460-\u2473\u2776-\u277f]|(?:Step|Schritt) \d{1,2}\b[ .:)–—-]"
)
# A name of up to four words and a colon, after a time where there is one.
_SPEAKER = re.compile(
    r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+)?[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,3}"
    r"(?: \([^()]{1,40}\))?:\s"
)
# Lines of programs in Markdown: imports and exports of MDX, fences of containers.
_PROGRAM_LINE = re.compile(
    r"import\s[^\n]+\sfrom\s+['\"][^'\"\n]+['\"];?|export\s+(?:const|default|function)\s[^\n]*"
    r"|:::.*|(?:!!!|\?\?\?\+?|===)\s.*"
)
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


def shown(content: str, start: int, end: int, hidden: tuple[Range, ...]) -> str:
    """Returns what is visible of a stretch of inline content."""
    kept = [True] * (end - start)
    for left, right in hidden:
        first, last = max(left - start, 0), max(right - start, 0)
        kept[first:last] = [False] * len(kept[first:last])
    return "".join(char for char, is_kept in zip(content[start:end], kept, strict=True) if is_kept)


def split_paragraph(content: str, inline: InlineText, *, bold_level: int) -> Iterator[Part]:
    """Yields the blocks that a paragraph consists of; mostly one.

    Args:
        content: The paragraph's inline content.
        inline: What there is to see in it.
        bold_level: The level of a bold line that stands for a heading.
    """
    whole = shown(content, 0, len(content), inline.hidden).strip()
    if _is_bold(content, inline) and len(whole) <= _MAX_BOLD_LINE_CHARS and "\n" not in whole:
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
        kind = _kind_of_line(shown(content, at, end, inline.hidden).lstrip(), begun.kind)
        if _PROGRAM_LINE.fullmatch(line.strip()):
            yield begun
            begun = Part(BlockKind.PARAGRAPH, end, end)
        elif kind is None:
            begun = Part(begun.kind, begun.start, end)
        else:
            yield begun
            begun = Part(kind, at, end)
        at = end + 1
    yield begun


def _kind_of_line(line: str, above: BlockKind) -> BlockKind | None:
    """Returns what begins with a line; None where the line goes on with what is above."""
    if _QUESTION.match(line):
        return BlockKind.QUESTION
    if above is BlockKind.QUESTION and _ANSWER.match(line):
        return BlockKind.PARAGRAPH
    if _STEP.match(line):
        return BlockKind.ITEM
    if _SPEAKER.match(line):
        return BlockKind.TURN
    return None


def _is_bold(content: str, inline: InlineText) -> bool:
    """Returns whether all that is visible is bold."""
    bold = [mark for mark in inline.marks if mark.kind is MarkKind.STRONG]
    left = (*inline.hidden, *((mark.start, mark.end) for mark in bold))
    return bool(bold) and not shown(content, 0, len(content), left).strip(" \n:")
