"""Candidates: which clippings may be shown, and what speaks for each of them."""

from __future__ import annotations

import pytest

from index.documents.spans import Span
from index.passages.boilerplate_sentences import find_boilerplate
from index.passages.words import words
from retrieval.candidates import Candidate, CandidateBuilder, holds_phrases
from retrieval.questions import parse_question
from retrieval.reader import Reading
from retrieval.search import search
from retrieval.word_share import word_share
from tests.fakes import PhraseReader, library_of

LIBRARY = library_of(
    "Published on\nThe old bridge was opened in May 1998. It is made of stone.",
    "The European Union sent aid.",
)


def candidates(text: str, reader: PhraseReader | None = None) -> list[Candidate]:
    question = parse_question(text, LIBRARY)
    hits = search(LIBRARY, question.text, question.stems, limit=5)
    readings = reader.read(text, [hit.passage for hit in hits]) if reader else None
    boilerplate = frozenset(find_boilerplate(LIBRARY.sentences))
    return CandidateBuilder(question, LIBRARY, boilerplate).build(hits, readings)


def test_without_a_reader_each_passage_offers_its_nearest_sentence() -> None:
    first, second = candidates("When was the bridge opened?")
    assert first.quote.text == "The old bridge was opened in May 1998."
    assert first.answer is None
    assert second.quote.text == "The European Union sent aid."


def test_with_a_reader_the_sentence_of_the_answer_is_the_quote() -> None:
    (only,) = candidates("When was the bridge opened?", PhraseReader({"May 1998": 4.0}))
    assert only.quote.text == "The old bridge was opened in May 1998."
    assert only.answer is not None
    assert only.answer.text == "May 1998"
    assert only.features.margin == 4.0


def test_an_answer_across_two_sentences_quotes_both() -> None:
    (only,) = candidates("bridge?", PhraseReader({"1998. It is made": 1.0}))
    assert only.quote.text == "The old bridge was opened in May 1998. It is made of stone."


def test_a_very_large_margin_counts_no_more_than_a_large_one() -> None:
    (only,) = candidates("bridge?", PhraseReader({"May 1998": 1e6}))
    assert only.features.margin == 15.0


def test_a_line_that_the_page_prints_around_its_article_is_marked_as_boilerplate() -> None:
    (only,) = candidates("bridge?", PhraseReader({"Published on": 1.0}))
    assert only.features.boilerplate == 1.0


def test_what_a_number_counts_is_looked_for_behind_the_number() -> None:
    library = library_of("The 24 drivers of the city share 4 buses.")
    question = parse_question("How many buses are there?", library)
    hits = search(library, question.text, question.stems, limit=5)
    readings = PhraseReader({"4 buses": 1.0}).read("", [hit.passage for hit in hits])
    at = readings[0][0].span
    only = Reading(Span(at.article, at.start, at.start + 1), 1.0)
    (candidate,) = CandidateBuilder(question, library, frozenset()).build(hits, [[only]])
    assert candidate.answer is not None
    assert (candidate.answer.text, candidate.features.fits) == ("4", 1.0)


def test_rare_words_weigh_more_and_a_short_form_needs_all_its_words() -> None:
    question = parse_question("Did the EU open the bridge?", LIBRARY)
    everything = set(words("European Union open bridge"))
    assert word_share(question, LIBRARY, everything) == pytest.approx(1.0)
    assert word_share(question, LIBRARY, set(words("European bridge open"))) < 1
    assert word_share(question, LIBRARY, set()) == 0
    nothing = parse_question("hello", LIBRARY)
    assert word_share(nothing, LIBRARY, everything) == 0


def test_a_phrase_is_held_word_for_word_whatever_its_capitals() -> None:
    passage = LIBRARY.passages[1]
    assert holds_phrases(passage, ["european union SENT"])
    assert not holds_phrases(passage, ["union aid"])


def test_the_context_of_a_clipping_is_the_sentences_on_either_side() -> None:
    text = "It rained. The bridge opened in May. Nobody sang. Snow fell."
    library = library_of(text, "The ferry opened in May.")
    question = parse_question("When was the bridge opened?", library)
    hits = search(library, question.text, question.stems, limit=1)
    readings = PhraseReader({"May": 1.0}).read("", [hit.passage for hit in hits])
    (candidate,) = CandidateBuilder(question, library, frozenset()).build(hits, readings)
    assert candidate.quote.text == "The bridge opened in May."
    assert candidate.context.text == "It rained. The bridge opened in May. Nobody sang."
