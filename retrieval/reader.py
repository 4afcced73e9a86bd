"""Reads passages for an answer: which words answer, and whether any words do."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from tokenizers import Tokenizer

from config.errors import ModelError
from index.digest import file_digest
from index.documents.outline import structure_of
from index.documents.spans import Span
from index.documents.visible import Visible
from index.models.runtime import Floats, Graph, GraphPool
from index.passages.context import context_lines, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Encoding

    from index.documents.article import Article
    from index.documents.spans import Passage

_SIGNS_IN_NUMBERS = frozenset("-/:.,")
CARD, GRAPH, TOKENIZER = "reader.json", "reader.onnx", "tokenizer.json"
# Word pieces of the longest answer: a name, a date, a number, a clause. With 30 the answers are as
# good: F1 .6988 instead of .6987 for 464 held-out questions asked of their libraries, with the same
# clippings, and .6305 instead of .6265 (standard error of the difference .0020, four answers) for
# 775 that are read in whole paragraphs.
MAX_ANSWER_TOKENS = 40
# Spans kept for each window. The second lets a passage with two possible answers show both.
SPANS_PER_WINDOW = 2
# Neighbouring windows of a long passage share so many word pieces, so that an answer at a cut is
# whole in one of them.
_OVERLAP_TOKENS = 64
# A question takes at most so many word pieces of a window. The rest is left for the passage.
_MAX_QUESTION_TOKENS = 64
# Letters of scripts that put no blank between words: Thai, Lao, Burmese, Khmer, Kana, Chinese.
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a passage that may answer the question.

    Attributes:
        span: The words.
        margin: The span's score (start logit + end logit) less the score of "no answer here" (both
            logits at position 0). Above zero the reader believes in the span.
    """

    span: Span
    margin: float


class Reader(Protocol):
    """Anything that reads passages for a question's answer."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[list[Reading]]:
        """Returns the likeliest answers in each passage, best first; [] without words to read."""


class OnnxReader:
    """An extractive question answering model: start and end logits over a passage's tokens."""

    def __init__(self, folder: Path) -> None:
        """Opens a model folder.

        Raises:
            ModelError: A file is missing, of the wrong kind, or not the file that its card names.
        """
        try:
            card = json.loads((folder / CARD).read_bytes())
            window_tokens = int(card["window_tokens"])
            wrong = [
                name
                for name, digest in card["files"].items()
                if file_digest(folder / name) != digest
            ]
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # tokenizers raises bare exceptions
            raise ModelError(
                f"READER_MODEL: {folder} holds no reader (wanted: {CARD}, {GRAPH}, {TOKENIZER}):"
                " restore it, or set READER_MODEL=none."
            ) from error
        if wrong:
            raise ModelError(
                f"READER_MODEL: {folder / wrong[0]} is not the file that {CARD} names (its SHA-256"
                " differs): restore it, or set READER_MODEL=none."
            )
        self._tokenizer.no_padding()
        # Set here and never again, since several threads read with the same tokenizer.
        self._tokenizer.enable_truncation(
            window_tokens, stride=_OVERLAP_TOKENS, strategy="only_second"
        )
        self._crew = GraphPool(Graph(folder / GRAPH, threads=1), "reader")

    def read(self, question: str, passages: Sequence[Passage]) -> list[list[Reading]]:
        """Returns the likeliest answers in each passage, best first.

        A passage longer than the model's window is read in overlapping windows. Each window is
        scored against its own "no answer here". The spans of all windows of a passage are returned.
        """
        asked = self._cut_question(question)
        windows = [
            (number, window, text)
            for number, text in enumerate(map(reader_text, passages))
            for window in self._windows(asked, text)
        ]
        readings: list[list[Reading]] = [[] for _ in passages]
        every = self._crew.run([window for _, window, _ in windows])
        for (number, window, text), outputs in zip(windows, every, strict=True):
            article = passages[number].article
            answerable = answerable_positions(window, text.starts)
            blocks = _blocks_of(answerable, window, text, article)
            for start, end, margin in best_spans(outputs[0][0], outputs[1][0], answerable, blocks):
                first, last = whole_words(text, window.offsets[start][0], window.offsets[end][1])
                readings[number].append(Reading(Span(article, *text.range(first, last)), margin))
        for found in readings:
            found.sort(key=lambda reading: (-reading.margin, reading.span.start))
        return readings

    def _cut_question(self, question: str) -> str:
        """Cuts a question that would leave too little of the window for the passage."""
        tokens = self._tokenizer.encode("", question)
        ends = [
            end
            for sequence, (_, end) in zip(tokens.sequence_ids, tokens.offsets, strict=True)
            if sequence == 1
        ]
        if len(ends) <= _MAX_QUESTION_TOKENS:
            return question
        return question[: ends[_MAX_QUESTION_TOKENS - 1]]

    def _windows(self, question: str, text: Visible) -> Iterator[Encoding]:
        """Yields the token windows of a text."""
        first = self._tokenizer.encode(question, text.text)
        yield from (first, *first.overflowing)


def reader_text(passage: Passage) -> Visible:
    """Returns a passage as it is read: behind its context, in which nothing can be an answer."""
    head = "".join(f"{_ended(line)} " for line in context_lines(passage))
    nowhere = (-1,) * len(head)
    read = read_text(passage)
    return Visible(head + read.text, (*nowhere, *read.starts), (*nowhere, *read.ends))


def _blocks_of(
    positions: Sequence[int], window: Encoding, text: Visible, article: Article
) -> list[int | None]:
    """Returns the block of the article in which the word at each position of a window stands."""
    structure = structure_of(article)
    places = (text.starts[window.offsets[position][0]] for position in positions)
    return [structure.block_at(place) for place in places]


def whole_words(text: Visible, first: int, last: int) -> tuple[int, int]:
    """Returns a range of a text without parts of words at its ends, inside the same passage."""
    while first > 0 and _is_one_word(text, first):
        first -= 1
    while last < len(text.text) and _is_one_word(text, last):
        last += 1
    return first, last


def _is_one_word(text: Visible, at: int) -> bool:
    """Returns whether the characters before and after a place belong to one word of the passage.

    A date, a time and a number with signs in it are one word: "2023-04-03", "10:30", "1.5".
    """
    stand_there = text.starts[at - 1] >= 0 and text.starts[at] >= 0
    if not stand_there:
        return False
    is_inside = all(map(_is_of_a_word, text.text[at - 1 : at + 1]))
    return is_inside or _joins_digits(text.text, at)


def _joins_digits(text: str, at: int) -> bool:
    """Returns whether a place lies beside a sign between two digits."""
    return any(
        text[sign] in _SIGNS_IN_NUMBERS and text[sign - 1].isdigit() and text[sign + 1].isdigit()
        for sign in (at - 1, at)
        if 0 < sign < len(text) - 1
    )


def _is_of_a_word(char: str) -> bool:
    """Returns whether a character is of a word, in a script with blanks between its words."""
    is_letter = char.isalnum() or unicodedata.category(char).startswith("M")
    return is_letter and not _WITHOUT_BLANKS.match(char)


def _ended(line: str) -> str:
    return line if line.endswith((".", "?", "!", ":")) else f"{line}."


def best_spans(
    start: Floats,
    end: Floats,
    answerable: Sequence[int],
    blocks: Sequence[int | None] | None = None,
) -> list[tuple[int, int, float]]:
    """Chooses start and end together, so that no end lies before its start.

    Args:
        start: Start logits, shape (tokens,) or longer; position 0 stands for "no answer here".
        end: End logits of the same shape.
        answerable: The positions of the passage's tokens, in order. An answer begins and ends at
            such a position.
        blocks: For each of these positions the block in which it stands: an answer lies in one
            block. None where all is one block.

    Returns:
        (start, end, margin) of at most SPANS_PER_WINDOW spans that share no token, best first.
    """
    if not answerable:
        return []
    first, size = answerable[0], answerable[-1] + 1 - answerable[0]
    starts, ends = start[first : first + size], end[first : first + size]
    scores = starts[:, np.newaxis] + ends[np.newaxis, :]
    length = np.arange(size)[np.newaxis, :] - np.arange(size)[:, np.newaxis]
    scores[(length < 0) | (length >= MAX_ANSWER_TOKENS)] = -np.inf
    others = np.setdiff1d(np.arange(size), np.asarray(answerable) - first)
    scores[others, :] = -np.inf
    scores[:, others] = -np.inf
    if blocks is not None:
        own = np.full(size, -1)
        own[np.asarray(answerable) - first] = [-1 if block is None else block for block in blocks]
        scores[own[:, np.newaxis] != own[np.newaxis, :]] = -np.inf
    null = float(start[0] + end[0])
    found: list[tuple[int, int, float]] = []
    while len(found) < SPANS_PER_WINDOW and np.isfinite(best := scores.max()):
        left, right = divmod(int(scores.argmax()), size)
        found.append((first + left, first + right, float(best) - null))
        scores[: right + 1, left:] = -np.inf
    return found


def answerable_positions(window: Encoding, places: Sequence[int]) -> list[int]:
    """Returns the positions of a window whose words stand in the passage itself.

    Args:
        window: The tokens of a question and of a text.
        places: Where each character of the text stands; -1 for a character that does not stand in
            the passage.
    """
    return [
        position
        for position, (sequence, (start, end)) in enumerate(
            zip(window.sequence_ids, window.offsets, strict=True)
        )
        if sequence == 1 and end > start and places[start] >= 0 <= places[end - 1]
    ]
