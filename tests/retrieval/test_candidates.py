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
from tests.fakes import PhraseReader, candidate_of, library_of, library_of_pages

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


def test_of_the_same_words_read_twice_the_reading_that_is_surer_counts() -> None:
    library = library_of_pages("# Boats\n\n- Adler is red.\n- Falke is blue.\n")
    question = parse_question("Which boat is blue?", library)
    (hit,) = search(library, question.text, question.stems, limit=1)
    start = hit.passage.article.text.index("blue")
    answer = Span(hit.passage.article, start, start + 4)
    readings = [[Reading(answer, 1.0)], [Reading(answer, 3.0)], [Reading(answer, 2.0)]]
    (only,) = CandidateBuilder(question, library, frozenset()).build([hit] * 3, readings)
    assert only.features.margin == 3.0


def test_other_words_of_the_same_sentence_are_another_candidate() -> None:
    found = candidates("bridge?", PhraseReader({"May 1998": 1.0, "old": 0.5}))
    assert [each.decisive.text for each in found] == ["May 1998", "old"]


PRICES = library_of_pages(
    """# Prices

Ask the warden. Boats cost little. Pay at the gate.

## Kayaks in summer

A day costs this much:

- one seat: 12
- two seats: 15
- three seats: 18

| Boat | Colour |
| --- | --- |
| Adler | red |
| Falke | blue |

## Refunds

There is none.
"""
)


def test_the_neighbours_of_an_item_or_a_row_are_no_context() -> None:
    assert candidate_of(PRICES, "15").context.text == "two seats: 15"
    assert candidate_of(PRICES, "blue").context.text == "Falke | blue"


def test_the_context_of_a_sentence_ends_with_its_section() -> None:
    wanted = "Ask the warden. Boats cost little. Pay at the gate."
    assert candidate_of(PRICES, "little").context.text == wanted
    assert candidate_of(PRICES, "gate").context.text == "Boats cost little. Pay at the gate."
    assert candidate_of(PRICES, "none").context.text == "There is none."


def heading_share(answer: str, question: str) -> float:
    return candidate_of(PRICES, answer, question).features.heading_share


def test_headings_below_the_title_and_the_lead_in_speak_for_a_clipping() -> None:
    assert heading_share("15", "Kayaks in summer?") == pytest.approx(1.0)
    assert heading_share("15", "What does a day cost?") == pytest.approx(1.0)
    assert heading_share("blue", "Which colour?") == pytest.approx(1.0)
    assert heading_share("none", "Kayaks in summer?") == 0.0
    assert heading_share("15", "Prices?") == 0.0


def form_fit(answer: str, question: str) -> float:
    page = "# Pump\n\nRun it.\n\n- by hand\n- by motor\n\n```\npump start\n```\n"
    return candidate_of(library_of_pages(page), answer, question).features.form_fit


def test_an_item_fits_who_asks_for_all_and_code_who_asks_for_a_command() -> None:
    assert form_fit("by hand", "What are the ways to run it?") == 1.0
    assert form_fit("by hand", "Who runs it?") == 0.0
    assert form_fit("pump start", "Which command starts it?") == 1.0
    assert form_fit("pump start", "Who starts it?") == 0.0
    assert form_fit("Run it", "How do I run it?") == 0.0


def test_a_date_in_the_heading_is_quoted_with_the_sentence_below_it() -> None:
    library = library_of_pages("# Oars\n\n## 2.1.0 (2022-05-04)\n\nOars float. They shine.\n")
    question = parse_question("When was 2.1.0 released?", library)
    (hit,) = search(library, question.text, question.stems, limit=1)
    article = library.articles[0]
    start = article.text.index("2022")
    reading = Reading(Span(article, start, start + 10), 1.0)
    (candidate,) = CandidateBuilder(question, library, frozenset()).build([hit], [[reading]])
    assert candidate.quote.text == "2.1.0 (2022-05-04)\n\nOars float."
    assert candidate.answer is not None
    assert candidate.answer.text == "2022-05-04"


@pytest.mark.parametrize(
    ("question", "boilerplate"), [("Who photographed it?", 0.0), ("Who?", 1.0)]
)
def test_a_credit_is_boilerplate_unless_a_picture_is_asked_for(
    question: str, boilerplate: float
) -> None:
    library = library_of("Jo Doe/AFP/Getty Images\nThe soldiers fired a rocket.")
    asked = parse_question(question, library)
    (hit, *_) = search(library, asked.text, asked.stems, limit=1)
    readings = PhraseReader({"Jo Doe": 1.0}).read(question, [hit.passage])
    rows = frozenset(find_boilerplate(library.sentences))
    (candidate,) = CandidateBuilder(asked, library, rows).build([hit], readings)
    assert candidate.features.boilerplate == boilerplate
