"""Turns hits and readings into candidates: clippings that may be shown, with their features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.documents.boilerplate import is_credit
from index.documents.outline import (
    block_of,
    heading_texts,
    is_line,
    owner_texts,
    section_of,
    structure_of,
)
from index.documents.spans import Quote, Span
from index.documents.structure import BlockKind
from index.passages.context import context_lines, read_text
from index.passages.indexed_text import CREDIT_WORDS
from index.passages.words import words
from retrieval.answer_kind import kind_fit
from retrieval.asking import asks_for_all, asks_for_code
from retrieval.features import Features
from retrieval.phrases import holds
from retrieval.questions import with_long_forms
from retrieval.word_share import word_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.library.library import Library
    from retrieval.questions import Question
    from retrieval.reader import Reading
    from retrieval.search import Hit

_CREDIT_STEMS = frozenset(words(CREDIT_WORDS))
# Margins are cut here, since the logits of a sure reader have no upper end.
_MAX_MARGIN = 15.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One clipping that may be shown.

    Attributes:
        quote: The sentence or sentences that hold the answer.
        answer: The decisive words; None where no reader has read.
        hit: The passage that the clipping comes from.
        context: The clipping with the sentence before it and the sentence after it.
        features: What speaks for it.
        rows: The rows of the clipping's sentences in the library.
    """

    quote: Quote
    answer: Span | None
    hit: Hit
    context: Span
    features: Features
    rows: range

    @property
    def decisive(self) -> Span:
        """The words that answer: those that the reader marked, else the whole clipping."""
        return self.answer or self.quote

    @property
    def believed(self) -> bool:
        """Whether the reader prefers these words to "no answer here"."""
        return self.features.margin > 0

    def passage_stems(self) -> set[str]:
        """Returns the stems of the passage that the clipping comes from, and of its title."""
        passage = self.hit.passage
        return set(words(with_long_forms(" ".join([*context_lines(passage), passage.visible]))))


@dataclass(frozen=True, slots=True)
class CandidateBuilder:
    """Builds the candidates of one question.

    Attributes:
        question: What is asked.
        library: Where the hits come from.
        boilerplate: The rows of sentences that a page prints around its article.
    """

    question: Question
    library: Library
    boilerplate: frozenset[int]

    def build(
        self, hits: Sequence[Hit], readings: Sequence[Sequence[Reading]] | None
    ) -> list[Candidate]:
        """Builds a candidate of each reading, or of each hit's best sentence without a reader.

        Where the question has phrases in quotation marks, only candidates that hold them are
        returned, and each sentence of the hits that holds them becomes a candidate.

        Args:
            hits: The passages that were read, best first.
            readings: For each hit, in order; None without a reader.
        """
        if readings is None:
            candidates = [self._of_best_sentence(hit) for hit in hits]
        else:
            built = (
                self._of_reading(hit, reading)
                for hit, found in zip(hits, readings, strict=False)
                for reading in found
            )
            candidates = _best_of_each([each for each in built if each is not None])
        return self._with_phrases(candidates, hits) if self.question.phrases else candidates

    def _of_best_sentence(self, hit: Hit) -> Candidate:
        """Builds a candidate of the sentence that meaning and words put nearest to the question."""
        rows = self.library.sentence_rows(hit.row)
        shares = [
            cosine + word_share(self.question, self.library, set(words(sentence.visible))) / 2
            for sentence, cosine in zip(hit.sentences, hit.sentence_cosines, strict=True)
        ]
        best = max(
            range(len(rows)), key=lambda at: (rows[at] not in self.boilerplate, shares[at], -at)
        )
        return self._candidate(hit, range(rows[best], rows[best] + 1), None)

    def _of_reading(self, hit: Hit, reading: Reading) -> Candidate | None:
        """Builds a candidate of the sentences that a reading touches.

        Returns:
            None where the reading marks nothing but white space.
        """
        rows = [
            row
            for row in self.library.sentence_rows(hit.row)
            if self.library.sentences[row].overlaps(reading.span)
        ]
        if not rows and reading.span.end <= hit.passage.start and reading.span.text.strip():
            rows = [self.library.sentence_rows(hit.row).start]  # it marks the heading above
        return self._candidate(hit, range(rows[0], rows[-1] + 1), reading) if rows else None

    def _with_phrases(
        self, candidates: Sequence[Candidate], hits: Sequence[Hit]
    ) -> list[Candidate]:
        """Keeps candidates with the question's phrases, and adds every other sentence with them."""
        phrases = self.question.phrases
        kept = [each for each in candidates if holds_phrases(each.quote, phrases)]
        for hit in hits:
            rows = self.library.sentence_rows(hit.row)
            for row, sentence in zip(rows, hit.sentences, strict=True):
                if holds_phrases(sentence, phrases) and not any(
                    sentence.overlaps(each.quote) for each in kept
                ):
                    kept.append(self._candidate(hit, range(row, row + 1), None))
        return kept

    def _candidate(self, hit: Hit, rows: range, reading: Reading | None) -> Candidate:
        """Builds the candidate that shows some neighbouring sentences of a hit."""
        first, last = self.library.sentences[rows[0]], self.library.sentences[rows[-1]]
        marked = first if reading is None or reading.span.end > first.start else reading.span
        quote = Quote(first.article, min(first.start, _block_start(marked)), last.end)
        answer = _inside(quote, reading.span) if reading else None
        context = _context(self.library, rows)
        decisive = answer or quote
        onwards = Span(quote.article, decisive.start, quote.end).visible
        fits, misfits = kind_fit(self.question, decisive.visible, onwards)
        start = self.library.sentence_rows(hit.row).start
        features = Features(
            margin=float(np.clip(reading.margin, -_MAX_MARGIN, _MAX_MARGIN)) if reading else 0.0,
            dense=hit.dense,
            lexical=hit.lexical,
            sentence=max(hit.sentence_cosines[rows.start - start : rows.stop - start]),
            context_share=word_share(
                self.question, self.library, _context_stems(self.library, rows, context)
            ),
            fits=fits,
            misfits=misfits,
            boilerplate=float(all(map(self._is_boilerplate, rows))),
            heading_share=word_share(self.question, self.library, _heading_stems(quote)),
            form_fit=float(_has_form(self.question.text, quote)),
        )
        return Candidate(quote, answer, hit, context, features, rows)

    def _is_boilerplate(self, row: int) -> bool:
        """Returns whether a sentence is boilerplate; a credit answers who took a picture."""
        is_asked = not _CREDIT_STEMS.isdisjoint(self.question.stems)
        is_answer = is_asked and is_credit(self.library.sentences[row].visible)
        return row in self.boilerplate and not is_answer


def holds_phrases(span: Span, phrases: Sequence[str]) -> bool:
    """Tells whether a reader of a span sees every phrase word for word."""
    text = span.visible
    return all(holds(text, phrase) for phrase in phrases)


def _block_start(span: Span) -> int:
    """Returns where a heading begins in which a span stands; for other blocks the span's start."""
    structure = structure_of(span.article)
    at = structure.block_at(span.start)
    is_heading = at is not None and structure.blocks[at].kind is BlockKind.HEADING
    return structure.blocks[at].start if is_heading and at is not None else span.start


def _best_of_each(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Returns the candidates, of those with the same words the one that the reader prefers."""
    best: dict[tuple[Article, int, int], Candidate] = {}
    for each in candidates:
        key = (each.quote.article, each.decisive.start, each.decisive.end)
        known = best.get(key)
        if known is None or each.features.margin > known.features.margin:
            best[key] = each
    return list(best.values())


def _inside(quote: Quote, span: Span) -> Span:
    """Returns the part of a span inside its quote: white space at its ends may lie outside."""
    return Span(quote.article, max(quote.start, span.start), min(quote.end, span.end))


def _context(library: Library, rows: range) -> Span:
    """Returns some sentences with the sentence before and after them in the same section.

    Neighbours in a list or a table are about something else, and are no context.
    """
    first, last = rows[0], rows[-1]
    sentences = library.sentences
    section = section_of(sentences[first])
    if not is_line(sentences[first]) and not is_line(sentences[last]):
        if first > 0 and section_of(sentences[first - 1]) == section:
            first -= 1
        if last + 1 < len(sentences) and section_of(sentences[last + 1]) == section:
            last += 1
    return Span(sentences[rows[0]].article, sentences[first].start, sentences[last].end)


def _has_form(question: str, quote: Quote) -> bool:
    """Returns whether a clipping has the form that is asked for: a list, or code."""
    at = block_of(quote)
    kind = None if at is None else structure_of(quote.article).blocks[at].kind
    if kind is BlockKind.ITEM:
        return asks_for_all(question)
    return kind is BlockKind.CODE and asks_for_code(question)


def _heading_stems(quote: Quote) -> set[str]:
    """Returns the stems of the headings below the title and of what the clipping belongs to."""
    title = quote.article.title
    above = [text for text in heading_texts(quote) if text != title]
    return set(words(with_long_forms(" ".join([*above, *owner_texts(quote)]))))


def _context_stems(library: Library, rows: range, context: Span) -> set[str]:
    """Returns the stems of a clipping's context and of its title."""
    texts = [read_text(context).text, *context_lines(context)]
    texts += [CREDIT_WORDS for row in rows if is_credit(library.sentences[row].visible)]
    return set(words(with_long_forms(" ".join(texts))))
