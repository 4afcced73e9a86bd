"""Windows: runs of whole sentences of a paragraph, as long as served passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

Range = tuple[int, int]

# Where one sentence ends and another begins; a rough cut is enough for training.
SENTENCE_GAP = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+\s*")


@dataclass(frozen=True, slots=True)
class Example:
    """What the network sees once: `passage` begins with `title` and a full stop, if any.

    `answers` are ranges of `passage`, never inside of the title; none means
    that position 0 is right.
    """

    question: str
    passage: str
    answers: tuple[Range, ...]


def sentences(text: str) -> list[Range]:
    """Cut a paragraph into ranges of sentences, without the blanks between them."""
    cuts = [0, *(gap.end() for gap in SENTENCE_GAP.finditer(text)), len(text)]
    ranges = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            ranges.append((first, first + len(piece.strip())))
    return ranges


def touching(cuts: Sequence[Range], keep: Range) -> list[int]:
    """The positions of the sentences that have a part of a range, in order."""
    return [row for row, (start, end) in enumerate(cuts) if start < keep[1] and end > keep[0]]


def window(text: str, keep: Range | None, words: int, rng: random.Random) -> Range:
    """Choose a run of sentences of about so many words, at random.

    Args:
        text: The paragraph.
        keep: Must lie inside of the window, whatever its length.
        words: The window grows sentence by sentence until it has this many.
        rng: Decides on which side it grows.
    """
    cuts = sentences(text)
    if keep:
        inside = touching(cuts, keep)
        first, last = inside[0], inside[-1]
    else:
        first = last = rng.randrange(len(cuts))
    sizes = [len(text[start:end].split()) for start, end in cuts]
    size = sum(sizes[first : last + 1])
    while size < words and (first > 0 or last < len(cuts) - 1):
        if last == len(cuts) - 1 or (first > 0 and rng.random() < 0.5):
            first -= 1
            size += sizes[first]
        else:
            last += 1
            size += sizes[last]
    return cuts[first][0], cuts[last][1]


def within(answers: tuple[Range, ...], cut: Range, shift: int) -> tuple[Range, ...]:
    """Keep the answers that lie inside of a window, counted from its start plus `shift`."""
    move = shift - cut[0]
    return tuple((s + move, e + move) for s, e in answers if cut[0] <= s and e <= cut[1])


def example(
    question: str, title: str, text: str, cut: Range, answers: tuple[Range, ...]
) -> Example:
    """Put a question, a window of a paragraph and the answers inside of it together."""
    prefix = f"{title}. " if title else ""
    passage = prefix + text[cut[0] : cut[1]]
    return Example(question, passage, within(answers, cut, len(prefix)))
