"""Cuts windows: runs of whole sentences of a paragraph, as long as the passages of a library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

Range = tuple[int, int]

# The gap between two sentences. A rough cut is enough for training.
SENTENCE_GAP = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+\s*")


@dataclass(frozen=True, slots=True)
class Example:
    """What the network sees in one row of a batch.

    Attributes:
        question: What is asked.
        passage: A window of a paragraph, at times with the article's title and a full stop before.
        answers: Ranges of `passage`, never inside the title; () if position 0 is right.
    """

    question: str
    passage: str
    answers: tuple[Range, ...]


def sentences(text: str) -> list[Range]:
    """Cuts a paragraph into ranges of sentences, without the white space between them."""
    cuts = [0, *(gap.end() for gap in SENTENCE_GAP.finditer(text)), len(text)]
    ranges = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            ranges.append((first, first + len(piece.strip())))
    return ranges


def touching(cuts: Sequence[Range], keep: Range) -> list[int]:
    """Returns the positions of the sentences that overlap a range, in order."""
    return [row for row, (start, end) in enumerate(cuts) if start < keep[1] and end > keep[0]]


def window(text: str, keep: Range | None, words: int, rng: random.Random) -> Range:
    """Chooses a run of sentences of about `words` words, at random.

    Args:
        text: The paragraph.
        keep: Must lie inside the window, whatever its length; None for nothing.
        words: The window grows sentence by sentence until it has so many words.
        rng: Decides on which side the window grows.
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
    """Returns the answers inside a window, counted from the window's start plus `shift`."""
    move = shift - cut[0]
    return tuple((s + move, e + move) for s, e in answers if cut[0] <= s and e <= cut[1])


def example(
    question: str, title: str, text: str, cut: Range, answers: tuple[Range, ...]
) -> Example:
    """Makes an example of a question, a window of a paragraph and the answers inside it."""
    prefix = f"{title}. " if title else ""
    passage = prefix + text[cut[0] : cut[1]]
    return Example(question, passage, within(answers, cut, len(prefix)))
