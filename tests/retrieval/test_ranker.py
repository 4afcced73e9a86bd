"""Candidates are ordered by the weighted sum of what speaks for them."""

from __future__ import annotations

from index.documents.spans import Quote, Span
from retrieval.candidates import Candidate
from retrieval.features import FEATURE_NAMES, Features, weighted_sum
from retrieval.ranker import Ranker
from retrieval.search import Hit
from tests.fakes import library_of

LIBRARY = library_of("The bridge opened in May. The tunnel opened in June.")
RANKER = Ranker({"margin": 1.0, "maxsim": 10.0})


def candidate(answer: str, margin: float) -> Candidate:
    article = LIBRARY.articles[0]
    start = article.text.index(answer)
    sentence = next(s for s in LIBRARY.sentences if s.start <= start < s.end)
    hit = Hit(0, LIBRARY.passages[0], 1.0, 1.0, 0.5, LIBRARY.sentences, (0.5, 0.5))
    features = Features(**dict.fromkeys(FEATURE_NAMES, 0.0) | {"margin": margin})
    quote = Quote(article, sentence.start, sentence.end)
    answered = Span(article, start, start + len(answer))
    return Candidate(quote, answered, hit, sentence, features, range(1))


def test_candidates_are_ordered_by_their_weighted_features() -> None:
    ranked = RANKER.order([candidate("May", 1.0), candidate("June", 2.0)], [0.0, 0.0])
    assert [(each.candidate.decisive.text, each.score) for each in ranked] == [
        ("June", 2.0),
        ("May", 1.0),
    ]


def test_late_interaction_counts_beside_the_features() -> None:
    ranked = RANKER.order([candidate("May", 1.0), candidate("June", 2.0)], [0.5, 0.25])
    assert [(each.candidate.decisive.text, each.maxsim, each.score) for each in ranked] == [
        ("May", 0.5, 6.0),
        ("June", 0.25, 4.5),
    ]


def test_the_first_order_is_by_the_features_alone() -> None:
    first = RANKER.first_order([candidate("May", 1.0), candidate("June", 2.0)])
    assert [each.decisive.text for each in first] == ["June", "May"]


def test_equal_candidates_come_in_the_order_of_the_article() -> None:
    ranked = RANKER.order([candidate("June", 1.0), candidate("May", 1.0)], [0.0, 0.0])
    assert [each.candidate.quote.start for each in ranked] == [0, 26]


def test_a_name_without_a_weight_counts_nothing() -> None:
    assert weighted_sum({"margin": 2.0}, {"margin": 1.5, "dense": 9.0}) == 3.0
