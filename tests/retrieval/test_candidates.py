"""What speaks for a clipping."""

from __future__ import annotations

import pytest

from index.documents.spans import Span
from index.passages.boilerplate_sentences import find_boilerplate
from index.passages.words import words
from retrieval.candidates import (
    FEATURES,
    Candidate,
    candidates_of,
    holds_phrases,
    kind_fit,
    word_share,
)
from retrieval.questions import parse_question
from retrieval.reader import Reading
from retrieval.search import search
from tests.fakes import PhraseReader, library_of

LIBRARY = library_of(
    "Published on\nThe old bridge was opened in May 1998. It is made of stone.",
    "The European Union sent aid.",
)


def candidates(text: str, reader: PhraseReader | None = None) -> list[Candidate]:
    question = parse_question(text, LIBRARY)
    hits = search(LIBRARY, question.text, question.stems, limit=5)
    readings = reader.read(text, [hit.passage for hit in hits]) if reader else None
    furniture = frozenset(find_boilerplate(LIBRARY.sentences))
    return candidates_of(question, LIBRARY, hits, readings, furniture)


def feature(candidate: Candidate, name: str) -> float:
    return candidate.features[FEATURES.index(name)]


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
    assert feature(only, "margin") == 4.0


def test_an_answer_across_two_sentences_quotes_both() -> None:
    (only,) = candidates("bridge?", PhraseReader({"1998. It is made": 1.0}))
    assert only.quote.text == "The old bridge was opened in May 1998. It is made of stone."


def test_a_margin_beyond_all_measure_counts_no_more_than_a_large_one() -> None:
    (only,) = candidates("bridge?", PhraseReader({"May 1998": 1e6}))
    assert feature(only, "margin") == 15.0


def test_what_the_page_printed_is_marked() -> None:
    (only,) = candidates("bridge?", PhraseReader({"Published on": 1.0}))
    assert feature(only, "furniture") == 1.0


@pytest.mark.parametrize(
    ("question", "answer", "fits"),
    [
        ("When was it?", "in May", (1.0, 0.0)),
        ("When was it?", "the ministers", (0.0, 1.0)),
        ("How many?", "eleven", (1.0, 0.0)),
        ("How many?", "the ministers", (0.0, 1.0)),
        ("Who was it?", "Jens Stoltenberg", (1.0, 0.0)),
        ("Where is it?", "at home", (0.0, 1.0)),
        ("Why?", "anything", (0.0, 0.0)),
    ],
)
def test_an_answer_fits_the_question_or_does_not(
    question: str, answer: str, fits: tuple[float, float]
) -> None:
    assert kind_fit(parse_question(question, LIBRARY), answer, f"{answer} it was.") == fits


@pytest.mark.parametrize(
    ("question", "answer", "after", "fits"),
    [
        ("How many buses were ordered?", "72", " electric buses.", (1.0, 0.0)),
        ("How many buses were ordered?", "48", " chargers for buses.", (1.0, 0.0)),
        ("How many buses were ordered?", "48", " chargers for them.", (0.0, 0.0)),
        ("How many buses?", "48", " chargers in the yard feed all buses.", (0.0, 0.0)),
        ("How many buses?", "the buses", " were there.", (0.0, 1.0)),
        ("how many more buses?", "9", " buses came.", (1.0, 0.0)),
        ("How many did Ann order?", "9", ".", (1.0, 0.0)),
        ("How many euros is it?", "€40", ".", (1.0, 0.0)),
        ("How many kilometres is it?", "7 km", ".", (1.0, 0.0)),
        ("How many buses ran when it opened?", "in May", ".", (1.0, 0.0)),
    ],
)
def test_a_number_fits_best_where_it_counts_what_is_asked_for(
    question: str, answer: str, after: str, fits: tuple[float, float]
) -> None:
    assert kind_fit(parse_question(question, LIBRARY), answer, answer + after) == fits


def test_a_number_is_judged_where_it_stands() -> None:
    library = library_of("The 24 drivers of the city share 4 buses.")
    question = parse_question("How many buses are there?", library)
    hits = search(library, question.text, question.stems, limit=5)
    readings = PhraseReader({"4 buses": 1.0}).read("", [hit.passage for hit in hits])
    at = readings[0][0].span
    only = Reading(Span(at.article, at.start, at.start + 1), 1.0)
    (candidate,) = candidates_of(question, library, hits, [[only]], frozenset())
    assert candidate.answer is not None
    assert (candidate.answer.text, feature(candidate, "fits")) == ("4", 1.0)


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
