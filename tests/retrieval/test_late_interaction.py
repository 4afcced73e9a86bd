"""Late interaction: every word of a question looks for its nearest word around a clipping."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ModelError
from index.documents.article import Article
from index.library.compile import compile_library
from index.models.encoder import OnnxEncoder
from index.models.weights import DEFAULT_MODEL
from retrieval.answerer import Answerer
from retrieval.late_interaction import (
    PROJECTION,
    TITLE_WEIGHT,
    highest_cosines,
    maxsim_scores,
    projected,
    projection_for,
)
from retrieval.questions import parse_question
from tests.fakes import (
    PhraseReader,
    WordEncoder,
    candidate_of,
    library_of,
    library_of_pages,
    simple_models,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.library.library import Library
    from index.models.runtime import Floats
    from retrieval.candidates import Candidate

BRIDGE = "The old bridge was opened in May 1998. Nobody sang. The tunnel is closed until June 2001."
TUNNEL = "The mayor opened a tunnel. It cost a lot. People danced in March 1990."
PARK = "There is a park. It has trees. The first was planted in April 1950."
MARGINS = {"May 1998": 1.0, "June 2001": 2.0, "March 1990": 3.0, "April 1950": 4.0}


def candidates_of(library: Library, text: str) -> list[Candidate]:
    """A candidate for each date, the surest first."""
    answerer = Answerer(library, simple_models(PhraseReader(MARGINS), margin=1.0))
    return [each.candidate for each in answerer.rank(text).ranked]


def by_answer(candidates: Sequence[Candidate], scores: Sequence[float]) -> dict[str, float]:
    """The score of each candidate by its answer."""
    pairs = zip(candidates, scores, strict=True)
    return {candidate.decisive.text: score for candidate, score in pairs}


def compared(library: Library, text: str, top_k: int | None = None) -> dict[str, float]:
    question = parse_question(text, library)
    candidates = candidates_of(library, text)
    return by_answer(candidates, maxsim_scores(question, candidates, library.encoder, top_k=top_k))


def test_each_token_gets_its_highest_cosine() -> None:
    asked = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    found = np.array([[0.0, 1.0], [0.8, 0.6]], dtype=np.float32)
    # (1,0) is nearest to (.8,.6): .8; (.6,.8) to the same: .48 + .48.
    assert highest_cosines(asked, found) == pytest.approx([0.8, 0.96])
    assert highest_cosines(asked, found[:0]).tolist() == [0, 0]
    assert highest_cosines(asked[:0], found).tolist() == []


def test_a_projection_keeps_the_length_of_vectors() -> None:
    vectors = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    turn = np.array([[0.0, 2.0], [2.0, 0.0]], dtype=np.float32)
    assert projected(vectors, turn).tolist() == [[0, 1], pytest.approx([0.8, 0.6])]
    assert projected(vectors, None) is vectors
    assert projected(vectors[:0], turn).shape == (0, 2)


def test_what_is_compared_is_projected_first() -> None:
    library = library_of(BRIDGE, TUNNEL)
    question = parse_question("old tunnel", library)
    candidates = candidates_of(library, "tunnel")
    nothing = np.zeros((library.encoder.dim,) * 2, dtype=np.float32)
    only_tunnel = nothing.copy()
    (of_tunnel,) = library.encoder.token_vectors(["tunnel"])
    only_tunnel[5] = of_tunnel.vectors[0]

    def scores(projection: Floats | None) -> dict[str, float]:
        found = maxsim_scores(question, candidates, library.encoder, projection=projection)
        return by_answer(candidates, found)

    plain, turned, blind = scores(None), scores(only_tunnel), scores(nothing)
    assert plain["March 1990"] < 1  # "old" is not there
    assert turned["March 1990"] == pytest.approx(1)  # every word is as near as "tunnel" now
    assert set(blind.values()) == {0.0}


@pytest.mark.model
def test_the_shipped_projection_fits_the_default_encoder(encoders: Path) -> None:
    encoder = OnnxEncoder(next(encoders.iterdir()))
    projection = projection_for(encoder.name)
    assert projection is not None
    assert projection.shape == (encoder.dim, encoder.dim)
    assert projection.dtype == np.float32


def test_the_vectors_of_another_encoder_are_compared_as_they_are() -> None:
    assert projection_for("another") is None


def maxsims(library: Library) -> set[float]:
    answerer = Answerer(library, simple_models(PhraseReader(MARGINS)))
    return {each.maxsim for each in answerer.rank("bridge?").ranked}


def test_an_answerer_compares_under_the_projection_of_its_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = WordEncoder(name=DEFAULT_MODEL)
    nothing = np.zeros((encoder.dim, encoder.dim), dtype=np.float16)
    np.savez(tmp_path / PROJECTION, projection=nothing)
    monkeypatch.setattr("retrieval.late_interaction.SHIPPED", tmp_path)
    library = compile_library([Article("0.txt", None, BRIDGE)], encoder, version="test")
    assert maxsims(library) == {0.0}
    assert maxsims(library_of(BRIDGE)) != {0.0}


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed", "text", "other"])
def test_a_damaged_projection_is_named_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    path = tmp_path / PROJECTION
    np.savez(path, projection=np.eye(8, dtype=np.float16))
    whole = path.read_bytes()
    monkeypatch.setattr("retrieval.late_interaction.SHIPPED", tmp_path)
    library = compile_library([], WordEncoder(name=DEFAULT_MODEL), version="test")
    if damage == "missing":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    elif damage == "other":
        np.savez(path, something=np.eye(8))
    else:
        path.write_text("" if damage == "empty" else "not an array")
    with pytest.raises(ModelError, match=rf"{PROJECTION} is missing or damaged: restore it"):
        Answerer(library, simple_models())


def test_the_score_is_the_mean_over_the_words() -> None:
    # "walked" is nearest to words of no meaning (.1 in the fake encoder's first place).
    scores = compared(library_of(BRIDGE), "Who walked the old bridge?")
    by_itself = compared(library_of(BRIDGE), "Who walked?")
    assert scores["May 1998"] == pytest.approx((2 + by_itself["May 1998"]) / 3)
    assert 0 < by_itself["May 1998"] < 0.2


def test_a_word_that_only_the_title_has_counts_less() -> None:
    titled = library_of(BRIDGE, titles=["Grenholm"])
    plain = library_of(BRIDGE)
    asked = "the bridge of Grenholm"
    assert compared(plain, asked)["May 1998"] < compared(titled, asked)["May 1998"]
    assert compared(titled, asked)["May 1998"] == pytest.approx((1 + TITLE_WEIGHT) / 2)
    assert compared(titled, "the old bridge")["May 1998"] == pytest.approx(1)


def test_a_clipping_with_every_word_in_its_context_has_the_highest_score() -> None:
    scores = compared(library_of(BRIDGE, TUNNEL), "When was the old bridge opened?")
    assert scores["May 1998"] == pytest.approx(1.0)
    assert scores["May 1998"] > scores["March 1990"]


def test_the_sentences_on_either_side_count_and_those_further_off_do_not() -> None:
    scores = compared(library_of(BRIDGE, PARK), "Nobody sang at the bridge")
    beside, apart = scores["June 2001"], scores["April 1950"]
    assert scores["May 1998"] == pytest.approx(1.0)  # it has "bridge", the next one "nobody sang"
    assert apart < beside < 1  # "bridge" is two sentences away from June


def test_words_that_only_ask_are_not_compared() -> None:
    library = library_of(BRIDGE, TUNNEL)
    plain = compared(library, "old bridge opened")
    assert compared(library, "Hello, please tell me when was the old bridge opened?") == plain


def test_where_every_word_only_asks_all_words_are_looked_for() -> None:
    scores = compared(library_of("A.I. was opened in May 1998."), "What is A.I.?")
    assert scores["May 1998"] > 0


def test_candidates_beyond_the_first_compared_get_the_lowest_score_of_those() -> None:
    library = library_of(BRIDGE, TUNNEL, PARK)
    everything = compared(library, "When was the old bridge opened?")
    some = compared(library, "When was the old bridge opened?", top_k=2)
    assert list(everything) == ["April 1950", "March 1990", "June 2001", "May 1998"]
    lowest = min(everything["April 1950"], everything["March 1990"])
    assert some == {
        "April 1950": everything["April 1950"],
        "March 1990": everything["March 1990"],
        "June 2001": lowest,
        "May 1998": lowest,
    }


def test_without_candidates_there_are_no_scores() -> None:
    library = library_of(BRIDGE)
    question = parse_question("bridge?", library)
    assert maxsim_scores(question, [], library.encoder) == []


def test_a_question_without_a_token_scores_zero() -> None:
    library = library_of(BRIDGE)
    question = replace(parse_question("bridge?", library), text="…")
    candidates = candidates_of(library, "bridge?")
    assert set(maxsim_scores(question, candidates, library.encoder)) == {0.0}


def test_late_interaction_moves_the_right_clipping_up() -> None:
    library = library_of(PARK, TUNNEL, BRIDGE)
    question = "When was the old bridge opened?"
    reader = PhraseReader(dict.fromkeys(MARGINS, 1.0))
    answerer = Answerer(library, simple_models(reader, margin=1.0, maxsim=5.0))
    first = answerer(question).findings[0]
    assert first.answer is not None
    assert first.answer.text == "May 1998"


@given(st.lists(st.sampled_from(sorted(MARGINS)), unique=True, min_size=1), st.integers(1, 5))
def test_each_candidate_gets_a_score_and_the_first_scores_do_not_depend_on_the_rest(
    dates: list[str], top_k: int
) -> None:
    library = library_of(BRIDGE, TUNNEL, PARK)
    question = parse_question("the bridge in May", library)
    candidates = [c for c in candidates_of(library, "bridge") if c.decisive.text in dates]
    every = maxsim_scores(question, candidates, library.encoder, top_k=None)
    some = maxsim_scores(question, candidates, library.encoder, top_k=top_k)
    assert len(some) == len(candidates)
    assert some[:top_k] == every[:top_k]
    assert set(some[top_k:]) <= {min(every[:top_k])}


def test_headings_and_the_lead_in_are_compared_as_a_title_is() -> None:
    page = "# Boats\n\n## Kayak\n\nWe lend:\n\n- red helmets\n\n## Canoe\n\n- blue helmets\n"
    library = library_of_pages(page)
    question = parse_question("kayak", library)
    found = [candidate_of(library, answer, "kayak") for answer in ("red", "blue")]
    red, blue = maxsim_scores(question, found, WordEncoder())
    assert red == pytest.approx(TITLE_WEIGHT, abs=0.05)
    assert blue < red / 2
    lent = parse_question("lend", library)
    assert maxsim_scores(lent, found[:1], WordEncoder()) == [pytest.approx(TITLE_WEIGHT, abs=0.05)]
