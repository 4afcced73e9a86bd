"""Measures how well a graph reads: on held-out questions, among the passages a search finds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.models.runtime import batches_by_length
from retrieval.evaluation.measures import auroc, exact_match, f1
from retrieval.reader import answerable_positions, best_spans
from retrieval.training.batches import open_tokenizer
from retrieval.training.likeness import likeness
from retrieval.training.negatives import GENERIC

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.training.questions import Paragraph, Question

Floats = npt.NDArray[np.float32]
# Padded token sequences in; start logits and end logits out, each (sequences, tokens).
RunGraph = Callable[[Sequence[Encoding]], Sequence[Floats]]

# Paragraphs that are read for a question.
FOUND_PARAGRAPHS = 3
BATCH = 16
# Paragraphs are longer than the windows that the graph was trained on.
MAX_TOKENS = 384


@dataclass(frozen=True, slots=True)
class ParagraphSpan:
    """The best span of a paragraph.

    Attributes:
        start: The first character, counted in the paragraph without its title.
        end: The character after the last.
        margin: The span's score above that of "no answer here"; -inf for a paragraph of which
            nothing was read.
    """

    start: int
    end: int
    margin: float


@dataclass(frozen=True, slots=True)
class SearchedQuestion:
    """A question with the paragraphs that a search finds.

    Attributes:
        question: What is asked.
        found: The paragraphs nearest to the question, best first.
        without: The same if the question's own article were not there.
    """

    question: Question
    found: tuple[Paragraph, ...]
    without: tuple[Paragraph, ...]

    @property
    def pairs(self) -> list[tuple[str, Paragraph]]:
        """What is read, the question's own paragraph first."""
        own = self.question.paragraph
        return [(self.question.text, p) for p in dict.fromkeys((own, *self.found, *self.without))]


def search_all(held: list[Question], encoder: Path, *, per_source: int) -> list[SearchedQuestion]:
    """Chooses answerable questions evenly and searches all held-out paragraphs for each of them.

    Sources of generic questions are left out, since many paragraphs answer each of their questions.
    """
    chosen: list[Question] = []
    sources = dict.fromkeys(question.paragraph.source for question in held)
    for source in (name for name in sources if name not in GENERIC):
        own = [q for q in held if q.paragraph.source == source and q.answers]
        chosen += own[:: max(1, -(-len(own) // per_source))]
    paragraphs = list(dict.fromkeys(question.paragraph for question in held))
    texts = [f"{paragraph.title} {paragraph.text}" for paragraph in paragraphs]
    searched = []
    for question, row in zip(
        chosen, likeness([q.text for q in chosen], texts, encoder), strict=True
    ):
        ranked = [paragraphs[n] for n in np.argsort(-row, kind="stable").tolist()]
        away = [p for p in ranked if p.article != question.paragraph.article]
        searched.append(
            SearchedQuestion(
                question, tuple(ranked[:FOUND_PARAGRAPHS]), tuple(away[:FOUND_PARAGRAPHS])
            )
        )
    return searched


def read(
    pairs: list[tuple[str, Paragraph]], run: RunGraph, tokenizer: Tokenizer
) -> list[ParagraphSpan]:
    """Reads every pair of question and paragraph, in batches of similar length."""
    prefixes = [f"{p.title}. " if p.title else "" for _, p in pairs]
    texts = [(q, head + p.text) for (q, p), head in zip(pairs, prefixes, strict=True)]
    encodings = tokenizer.encode_batch(texts)
    spans: dict[int, ParagraphSpan] = {}
    for part in batches_by_length([len(encoding.ids) for encoding in encodings], BATCH):
        starts, ends = run([encodings[n] for n in part])[:2]
        for row, n in enumerate(part):
            spans[n] = best_span(starts[row], ends[row], encodings[n], len(prefixes[n]))
    return [spans[n] for n in range(len(pairs))]


def best_span(start: Floats, end: Floats, encoding: Encoding, prefix: int) -> ParagraphSpan:
    """Returns the best span of a paragraph; the paragraph begins after `prefix` characters."""
    size = max(last for _, last in encoding.offsets)
    places = [place - prefix if place >= prefix else -1 for place in range(size)]
    best = best_spans(start, end, answerable_positions(encoding, places))
    if not best:
        return ParagraphSpan(0, 0, -math.inf)
    first, last, margin = best[0]
    offsets = encoding.offsets
    return ParagraphSpan(offsets[first][0] - prefix, offsets[last][1] - prefix, margin)


def report(
    searched: list[SearchedQuestion], run: RunGraph, tokenizer: Path
) -> dict[str, dict[str, float]]:
    """Measures a graph.

    Returns:
        By source: `em` and `f1` of the answer in the right paragraph; `quote`, the share of
        questions whose span of the highest margin over the found paragraphs overlaps a right
        answer; `auroc` of that margin, with the right article there against without it.
    """
    opened = open_tokenizer(tokenizer, MAX_TOKENS)
    pairs = [pair for each in searched for pair in each.pairs]
    spans = dict(zip(pairs, read(pairs, run, opened), strict=True))
    sources = dict.fromkeys(each.question.paragraph.source for each in searched)
    return {
        source: summary([e for e in searched if e.question.paragraph.source == source], spans)
        for source in sources
    }


def summary(
    searched: list[SearchedQuestion], spans: dict[tuple[str, Paragraph], ParagraphSpan]
) -> dict[str, float]:
    """Returns the figures of one source."""
    exact, overlap, hits, there, gone = [], [], [], [], []
    for each in searched:
        question = each.question
        own = question.paragraph
        answers = [own.text[start:end] for start, end in question.answers]
        span = spans[question.text, own]
        exact.append(exact_match(own.text[span.start : span.end], answers))
        overlap.append(f1(own.text[span.start : span.end], answers))
        margins = {p: spans[question.text, p].margin for p in (*each.found, *each.without)}
        best = max(each.found, key=lambda paragraph: margins[paragraph])
        hits.append(is_right(question, best, spans[question.text, best]))
        there.append(margins[best])
        gone.append(max(margins[paragraph] for paragraph in each.without))
    return {
        "questions": float(len(searched)),
        "em": float(np.mean(exact)),
        "f1": float(np.mean(overlap)),
        "quote": float(np.mean(hits)),
        "auroc": auroc(there, gone),
    }


def is_right(question: Question, paragraph: Paragraph, span: ParagraphSpan) -> bool:
    """Tells whether a span overlaps an answer of the question."""
    return paragraph == question.paragraph and any(
        span.start < end and start < span.end for start, end in question.answers
    )
