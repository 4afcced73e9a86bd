"""From hits and readings to candidates: clippings that may be shown, and what speaks for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.documents.boilerplate import is_credit
from index.documents.dates import MONTHS
from index.documents.spans import Quote, Span
from index.passages.indexed_text import CREDIT_WORDS
from index.passages.words import plain_words, stem, words
from retrieval.questions import with_long_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.library.library import Library
    from retrieval.questions import Question
    from retrieval.reader import Reading
    from retrieval.search import Hit

# Margins beyond this say no more than this: the logits of a sure reader have no upper end.
_MAX_MARGIN = 15.0
_TIME = re.compile(
    r"\d|\b(?:" + "|".join(MONTHS) + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
    r"|tomorrow|century|decade|spring|summer|autumn|winter|noon|midnight|ago)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|millions?|billions?|half|twice|once|none|several|many)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[^\W\d_a-z]\w*")
# "72 electric buses", "2.5 million of the older buses": the number, and what it counts soon after.
_COUNTED_WITHIN = 6
_FITTING = {"time": _TIME, "number": _NUMBER, "person": _NAME, "place": _NAME}

FEATURES = (
    "margin",
    "dense",
    "lexical",
    "sentence",
    "near_share",
    "fits",
    "misfits",
    "furniture",
    "aligned",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One clipping that might be shown.

    Attributes:
        quote: The sentence or sentences that hold the answer.
        answer: The decisive words, or None where no reader has read.
        hit: The passage it comes from.
        near: The clipping with the sentence before and after it.
        features: One number for each name in FEATURES; "aligned" is 0 until
            `retrieval.late_interaction` has looked.
    """

    quote: Quote
    answer: Span | None
    hit: Hit
    near: Span
    features: tuple[float, ...]

    @property
    def believed(self) -> bool:
        """Whether the reader prefers these words to "no answer here"."""
        return self.features[FEATURES.index("margin")] > 0


def candidates_of(
    question: Question,
    library: Library,
    hits: Sequence[Hit],
    readings: Sequence[Sequence[Reading]] | None,
    furniture: frozenset[int],
) -> list[Candidate]:
    """Make a candidate of each reading, or of each hit's best sentence where nobody has read.

    Args:
        question: What is asked.
        library: Where the hits come from.
        hits: The passages, best first.
        readings: For each hit that was read, in order; None without a reader.
        furniture: The rows of sentences that a page prints around its article.
    """
    if readings is None:
        return [_from_sentence(question, library, hit, furniture) for hit in hits]
    built = (
        _from_reading(question, library, hit, reading, furniture)
        for hit, found in zip(hits, readings, strict=False)
        for reading in found
    )
    return [candidate for candidate in built if candidate is not None]


def _from_sentence(
    question: Question, library: Library, hit: Hit, furniture: frozenset[int]
) -> Candidate:
    """The sentence of a passage nearest to the question: by meaning, and by shared words."""
    rows = library.sentence_rows(hit.row)
    shares = [
        cosine + word_share(question, library, set(words(sentence.text))) / 2
        for sentence, cosine in zip(hit.sentences, hit.sentence_cosines, strict=True)
    ]
    best = max(range(len(rows)), key=lambda at: (rows[at] not in furniture, shares[at], -at))
    first = rows[best]
    return _built(question, library, hit, (first, first), None, furniture)


def _from_reading(
    question: Question, library: Library, hit: Hit, reading: Reading, furniture: frozenset[int]
) -> Candidate | None:
    """The sentences that a reading touches; None where it marks nothing but white space."""
    rows = [
        row
        for row in library.sentence_rows(hit.row)
        if library.sentences[row].overlaps(reading.span)
    ]
    if not rows:
        return None
    return _built(question, library, hit, (rows[0], rows[-1]), reading, furniture)


def _built(
    question: Question,
    library: Library,
    hit: Hit,
    rows: tuple[int, int],
    reading: Reading | None,
    furniture: frozenset[int],
) -> Candidate:
    first, last = (library.sentences[row] for row in rows)
    quote = Quote(first.article, first.start, last.end)
    near = _near(library, rows)
    at = slice(
        rows[0] - library.sentence_rows(hit.row).start,
        rows[1] - library.sentence_rows(hit.row).start + 1,
    )
    answer = _within(quote, reading.span) if reading else None
    decisive = answer or quote
    onwards = quote.text[decisive.start - quote.start :]
    fits, misfits = kind_fit(question, decisive.text, onwards)
    margin = float(np.clip(reading.margin, -_MAX_MARGIN, _MAX_MARGIN)) if reading else 0.0
    features = (
        margin,
        hit.dense,
        hit.lexical,
        max(hit.sentence_cosines[at]),
        word_share(question, library, _near_stems(library, rows, near)),
        fits,
        misfits,
        float(all(row in furniture for row in range(rows[0], rows[1] + 1))),
        0.0,
    )
    return Candidate(quote, answer, hit, near, features)


def _within(quote: Quote, span: Span) -> Span:
    """The part of a span that lies inside its quote: white space at its ends may lie outside."""
    return Span(quote.article, max(quote.start, span.start), min(quote.end, span.end))


def with_phrases(
    candidates: Sequence[Candidate],
    question: Question,
    library: Library,
    hits: Sequence[Hit],
    furniture: frozenset[int],
) -> list[Candidate]:
    """Keep the candidates that hold the question's phrases, and add each sentence that does."""
    kept = [each for each in candidates if holds_phrases(each.quote, question.phrases)]
    for hit in hits:
        for row, sentence in zip(library.sentence_rows(hit.row), hit.sentences, strict=True):
            if holds_phrases(sentence, question.phrases) and not any(
                sentence.overlaps(each.quote) for each in kept
            ):
                kept.append(_built(question, library, hit, (row, row), None, furniture))
    return kept


def holds_phrases(span: Span, phrases: Sequence[str]) -> bool:
    """Whether a text holds every phrase word for word; capitals do not matter."""
    text = span.text.casefold()
    return all(phrase.casefold() in text for phrase in phrases)


def kind_fit(question: Question, answer: str, onwards: str) -> tuple[float, float]:
    """Whether an answer is of the kind asked for, and whether it is not: (fits, misfits).

    A number of something else than what is to be counted is neither: "How many buses?" may mean the
    "72 vehicles", and seldom means the "48 charging stations".

    Args:
        question: What is asked.
        answer: The decisive words.
        onwards: The same with what follows in the clipping.
    """
    pattern = _FITTING.get(question.kind)
    if pattern is None:
        return 0.0, 0.0
    found = pattern.search(answer)
    if found and question.counted:
        return float(_counts(len(answer), onwards, question)), 0.0
    return float(bool(found)), float(not found)


def _counts(length: int, onwards: str, question: Question) -> bool:
    """Whether what is to be counted follows on a number among the first so many characters."""
    tails = [onwards[number.start() :] for number in _NUMBER.finditer(onwards[:length])]
    nouns = set(question.counted)
    return any(nouns & set(map(stem, plain_words(tail)[:_COUNTED_WITHIN])) for tail in tails)


def word_share(question: Question, library: Library, stems: set[str]) -> float:
    """Which part of the question's words stand in a text, each counted by its idf: 0 to 1."""
    weights = {group: max(library.lexical.idf(word) for word in group) for group in question.groups}
    total = sum(weights.values())
    held = sum(weight for group, weight in weights.items() if stems.issuperset(group))
    return held / total if total else 0.0


def _near(library: Library, rows: tuple[int, int]) -> Span:
    """A clipping with the sentence before and after it, as far as its article goes."""
    first, last = rows
    article = library.sentences[first].article
    if first > 0 and library.sentences[first - 1].article is article:
        first -= 1
    if last + 1 < len(library.sentences) and library.sentences[last + 1].article is article:
        last += 1
    return Span(article, library.sentences[first].start, library.sentences[last].end)


def _near_stems(library: Library, rows: tuple[int, int], near: Span) -> set[str]:
    """The stems of a clipping and what is near it, and of its title."""
    texts = [near.text, near.article.title or ""]
    quoted = (library.sentences[row].text for row in range(rows[0], rows[1] + 1))
    texts += [CREDIT_WORDS for text in quoted if is_credit(text)]
    return set(words(with_long_forms(" ".join(texts))))
