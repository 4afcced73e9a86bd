"""How well a graph reads: on held-out questions, among the passages a search would bring."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.models.runtime import batches_by_length
from retrieval.training.batches import open_tokenizer
from retrieval.training.likeness import likeness
from retrieval.training.negatives import GENERIC

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.training.questions import Paragraph, Question

Floats = npt.NDArray[np.float32]
# Padded token sequences in; start, end and relevance logits out.
Read = Callable[[Sequence[Encoding]], Sequence[Floats]]

MAX_ANSWER_TOKENS = 30
CANDIDATES = 3
BATCH = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of a passage.

    `start` and `end` count in the passage without its title; `margin` is the
    span's score above that of no answer, `relevance` the passage's own logit.
    """

    start: int
    end: int
    margin: float
    relevance: float


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with the paragraphs a search brings, with its article there and without."""

    question: Question
    found: tuple[Paragraph, ...]
    without: tuple[Paragraph, ...]

    @property
    def pairs(self) -> list[tuple[str, Paragraph]]:
        """What to read, its own paragraph first."""
        own = self.question.paragraph
        return [(self.question.text, p) for p in dict.fromkeys((own, *self.found, *self.without))]


def trials(held: list[Question], encoder: Path, *, per_source: int) -> list[Trial]:
    """Choose answerable questions evenly and search all held-out paragraphs for each.

    Sources of generic questions are left out: many paragraphs answer each of theirs.
    """
    chosen: list[Question] = []
    sources = dict.fromkeys(question.paragraph.source for question in held)
    for source in (name for name in sources if name not in GENERIC):
        own = [q for q in held if q.paragraph.source == source and q.answers]
        chosen += own[:: max(1, -(-len(own) // per_source))]
    paragraphs = list(dict.fromkeys(question.paragraph for question in held))
    texts = [f"{paragraph.title} {paragraph.text}" for paragraph in paragraphs]
    tried = []
    for question, row in zip(
        chosen, likeness([q.text for q in chosen], texts, encoder), strict=True
    ):
        ranked = [paragraphs[n] for n in np.argsort(-row, kind="stable").tolist()]
        away = [p for p in ranked if p.article != question.paragraph.article]
        tried.append(Trial(question, tuple(ranked[:CANDIDATES]), tuple(away[:CANDIDATES])))
    return tried


def read(pairs: list[tuple[str, Paragraph]], run: Read, tokenizer: Tokenizer) -> list[Reading]:
    """Read every pair of question and paragraph, in batches of like length."""
    prefixes = [f"{p.title}. " if p.title else "" for _, p in pairs]
    texts = [(q, head + p.text) for (q, p), head in zip(pairs, prefixes, strict=True)]
    encodings = tokenizer.encode_batch(texts)
    readings: dict[int, Reading] = {}
    for part in batches_by_length([len(encoding.ids) for encoding in encodings], BATCH):
        starts, ends, relevance = run([encodings[n] for n in part])
        for row, n in enumerate(part):
            size = len(encodings[n].ids)
            span, margin = best_span(
                starts[row, :size], ends[row, :size], allowed(encodings[n], len(prefixes[n]))
            )
            first, last = encodings[n].offsets[span[0]], encodings[n].offsets[span[1]]
            head = len(prefixes[n])
            readings[n] = Reading(first[0] - head, last[1] - head, margin, float(relevance[row]))
    return [readings[n] for n in range(len(pairs))]


def allowed(encoding: Encoding, head: int) -> npt.NDArray[np.bool_]:
    """Mark the tokens an answer may begin or end at: those of the passage after its title."""
    own = zip(encoding.sequence_ids, encoding.offsets, strict=True)
    return np.array([part == 1 and start >= head for part, (start, _) in own])


def best_span(
    starts: Floats, ends: Floats, usable: npt.NDArray[np.bool_]
) -> tuple[tuple[int, int], float]:
    """Choose start and end together; returns them and their score above position 0's."""
    scores = np.where(usable, starts, -np.inf)[:, None] + np.where(usable, ends, -np.inf)[None, :]
    size = len(starts)
    band = np.triu(np.ones((size, size), bool)) & ~np.triu(
        np.ones((size, size), bool), MAX_ANSWER_TOKENS
    )
    scores = np.where(band, scores, -np.inf)
    start, end = divmod(int(scores.argmax()), size)
    return (start, end), float(scores[start, end] - starts[0] - ends[0])


def report(trials: list[Trial], run: Read, tokenizer: Path) -> dict[str, dict[str, float]]:
    """Measure a graph.

    Returns:
        By source: `em` and `f1` of the answer in the right paragraph; `quote`,
        `quote_relevance` and `quote_both`, the share of questions whose best
        span over the found paragraphs overlaps a right answer, by margin, by
        relevance and by their sum; `auroc` of the best margin, and of the best
        sum, with the right article there against without it.
    """
    opened = open_tokenizer(tokenizer, 384)
    pairs = [pair for trial in trials for pair in trial.pairs]
    readings = dict(zip(pairs, read(pairs, run, opened), strict=True))
    table: dict[str, dict[str, float]] = {}
    for source in dict.fromkeys(trial.question.paragraph.source for trial in trials):
        own = [trial for trial in trials if trial.question.paragraph.source == source]
        table[source] = summary(own, readings)
    return table


def summary(
    trials: list[Trial], readings: dict[tuple[str, Paragraph], Reading]
) -> dict[str, float]:
    """Sum up the trials of one source."""
    scorers: dict[str, Callable[[Reading], float]] = {
        "": lambda reading: reading.margin,
        "_relevance": lambda reading: reading.relevance,
        "_both": lambda reading: reading.margin + reading.relevance,
    }
    figures = {"questions": float(len(trials))}
    exact, overlap = [], []
    for trial in trials:
        own = trial.question.paragraph
        reading = readings[trial.question.text, own]
        golds = [own.text[start:end] for start, end in trial.question.answers]
        answer = own.text[reading.start : reading.end]
        exact.append(max(float(plain(answer) == plain(gold)) for gold in golds))
        overlap.append(max(f1(answer, gold) for gold in golds))
    figures |= {"em": float(np.mean(exact)), "f1": float(np.mean(overlap))}
    for name, score in scorers.items():
        hits, there, gone = [], [], []
        for trial in trials:
            asked = trial.question.text
            best = max(trial.found, key=lambda p: score(readings[asked, p]))
            hits.append(right(trial.question, best, readings[asked, best]))
            there.append(score(readings[asked, best]))
            gone.append(max(score(readings[asked, p]) for p in trial.without))
        figures["quote" + name] = float(np.mean(hits))
        figures["auroc" + name] = auroc(there, gone)
    return figures


def right(question: Question, paragraph: Paragraph, reading: Reading) -> bool:
    """Tell whether a reading overlaps one of the question's answers."""
    return paragraph == question.paragraph and any(
        reading.start < end and start < reading.end for start, end in question.answers
    )


def auroc(there: list[float], gone: list[float]) -> float:
    """How often a score of the first list is above one of the second, ties half."""
    wins = np.sign(np.array(there)[:, None] - np.array(gone)[None, :])
    return float((wins.mean() + 1) / 2)


def plain(text: str) -> list[str]:
    """Cut an answer into lower-case words without articles."""
    return [w for w in re.findall(r"\w+", text.lower()) if w not in {"a", "an", "the"}]


def f1(answer: str, gold: str) -> float:
    """Share of words that answer and gold have in common, as SQuAD counts it."""
    ours, theirs = plain(answer), plain(gold)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs)) if common else float(ours == theirs)
