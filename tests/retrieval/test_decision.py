"""One decision for each question."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from config.errors import ModelError
from index.documents.spans import Quote, Span
from retrieval.candidates import FEATURES, Candidate
from retrieval.decision import Decision, lead, read_decision
from retrieval.questions import parse_question
from retrieval.search import Hit
from tests.fakes import library_of

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = library_of("The bridge opened in May. The tunnel opened in June.")
DECISION = Decision(
    {"margin": 1.0}, {"margin": 2.0, "name_unknown": -3.0, "names_missing": -1.0}, -1.0, 0.5, 0.05
)


def candidate(answer: str, margin: float) -> Candidate:
    article = LIBRARY.articles[0]
    start = article.text.index(answer)
    sentence = next(s for s in LIBRARY.sentences if s.start <= start < s.end)
    hit = Hit(0, LIBRARY.passages[0], 1.0, 1.0, 1.0, 0.5, LIBRARY.sentences, (0.5, 0.5))
    features = (margin, *[0.0] * (len(FEATURES) - 1))
    quote = Quote(article, sentence.start, sentence.end)
    answered = Span(article, start, start + len(answer))
    return Candidate(quote, answered, hit, sentence, features)


def test_candidates_are_ordered_by_their_weighted_features() -> None:
    ranked = DECISION.ranked([candidate("May", 1.0), candidate("June", 2.0)])
    assert [(each.answer and each.answer.text, score) for each, score in ranked] == [
        ("June", 2.0),
        ("May", 1.0),
    ]


def test_equal_candidates_come_in_the_order_of_the_article() -> None:
    ranked = DECISION.ranked([candidate("June", 1.0), candidate("May", 1.0)])
    assert [each.quote.start for each, _ in ranked] == [0, 26]


def test_the_probability_is_the_logistic_function_of_the_weighted_sum() -> None:
    ranked = DECISION.ranked([candidate("May", 1.5)])
    question = parse_question("When did the bridge open?", LIBRARY)
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * 1.5)))
    assert DECISION.probability(question, LIBRARY, ranked) == pytest.approx(expected)


def test_a_name_that_stands_in_no_article_counts_against_the_answer() -> None:
    ranked = DECISION.ranked([candidate("May", 1.5)])
    known = parse_question("When did the Bridge open?", LIBRARY)
    unknown = parse_question("When did the Bosporus Bridge open?", LIBRARY)
    logits = [
        math.log(p / (1 - p))
        for q in (known, unknown)
        if (p := DECISION.probability(q, LIBRARY, ranked))
    ]
    assert logits == pytest.approx([2.0, 2.0 - 3.0 - 1.0 / 2])


def test_a_phrase_that_was_found_counts_for_the_answer() -> None:
    decision = Decision({"margin": 1.0}, {"margin": 2.0, "phrase_found": 3.0}, -1.0, 0.5, 0.05)
    ranked = decision.ranked([candidate("May", 1.5)])
    for asked, logit in (('who said "opened in May"', 5.0), ('who said "opened"', 2.0)):
        chance = decision.probability(parse_question(asked, LIBRARY), LIBRARY, ranked)
        assert math.log(chance / (1 - chance)) == pytest.approx(logit)


def test_no_candidate_is_no_answer() -> None:
    assert DECISION.probability(parse_question("bridge?", LIBRARY), LIBRARY, []) == 0.0


def test_the_lead_is_over_the_first_one_that_says_something_else() -> None:
    same = DECISION.ranked([candidate("May", 3.0), candidate("in May", 2.5), candidate("June", 1)])
    assert lead(same) == pytest.approx(2.0)


def test_the_weights_are_read_from_json(tmp_path: Path) -> None:
    fields = {"rank": {}, "weights": {}, "bias": 1, "threshold": 0.4, "false_answers": 0.1}
    path = tmp_path / "decision.json"
    path.write_text(json.dumps({"reader": fields}))
    assert read_decision(path, "reader") == Decision({}, {}, 1.0, 0.4, 0.1)
    for part, text in (("sentences", path.read_text()), ("reader", "{}"), ("reader", "no json")):
        path.write_text(text)
        with pytest.raises(ModelError, match=r"decision\.json is missing or damaged"):
            read_decision(path, part)
