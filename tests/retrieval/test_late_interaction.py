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
from retrieval.answerer import Answering
from retrieval.candidates import FEATURES, Candidate
from retrieval.decision import Decision
from retrieval.late_interaction import (
    PROJECTION,
    TITLE_WEIGHT,
    nearest,
    projected,
    projection_for,
    with_alignment,
)
from retrieval.questions import parse_question
from tests.fakes import PhraseReader, WordEncoder, library_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.library.library import Library

BRIDGE = "The old bridge was opened in May 1998. Nobody sang. The tunnel is closed until June 2001."
TUNNEL = "The mayor opened a tunnel. It cost a lot. People danced in March 1990."
PARK = "There is a park. It has trees. The first was planted in April 1950."
MARGINS = {"May 1998": 1.0, "June 2001": 2.0, "March 1990": 3.0, "April 1950": 4.0}
BY_MARGIN = Decision({"margin": 1.0}, {"margin": 1.0}, 0.0, 0.5, 0.0)


def candidates_of(library: Library, text: str) -> list[Candidate]:
    """One for each date, the surest first."""
    answering = Answering(library, BY_MARGIN, PhraseReader(MARGINS))
    return [candidate for candidate, _ in answering.rank(text).ranked]


def aligned(candidates: Sequence[Candidate]) -> dict[str, float]:
    """The score of each candidate by its answer."""
    at = FEATURES.index("aligned")
    return {
        candidate.answer.text: candidate.features[at]
        for candidate in candidates
        if candidate.answer is not None
    }


def compared(library: Library, text: str, most: int | None = None) -> dict[str, float]:
    question = parse_question(text, library)
    candidates = candidates_of(library, text)
    return aligned(with_alignment(question, candidates, library.encoder, most=most))


def test_each_token_finds_its_nearest() -> None:
    asked = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    found = np.array([[0.0, 1.0], [0.8, 0.6]], dtype=np.float32)
    # (1,0) is nearest to (.8,.6): .8; (.6,.8) to the same: .48 + .48.
    assert nearest(asked, found) == pytest.approx([0.8, 0.96])
    assert nearest(asked, found[:0]).tolist() == [0, 0]
    assert nearest(asked[:0], found).tolist() == []


def test_a_projection_turns_vectors_and_leaves_their_length() -> None:
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
    plain = aligned(with_alignment(question, candidates, library.encoder))
    turned = aligned(with_alignment(question, candidates, library.encoder, projection=only_tunnel))
    blind = aligned(with_alignment(question, candidates, library.encoder, projection=nothing))
    assert plain["March 1990"] < 1  # "old" is not there
    assert turned["March 1990"] == pytest.approx(1)  # every word is as near as "tunnel" now
    assert set(blind.values()) == {0.0}


@pytest.mark.model
def test_the_shipped_projection_is_for_the_encoder_that_comes_along(encoders: Path) -> None:
    encoder = OnnxEncoder(next(encoders.iterdir()))
    projection = projection_for(encoder.name)
    assert projection is not None
    assert projection.shape == (encoder.dim, encoder.dim)
    assert projection.dtype == np.float32


def test_the_states_of_another_encoder_are_compared_as_they_are() -> None:
    assert projection_for("another") is None


def test_answering_compares_under_the_projection_of_its_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = WordEncoder(name=DEFAULT_MODEL)
    nothing = np.zeros((encoder.dim, encoder.dim), dtype=np.float16)
    np.savez(tmp_path / PROJECTION, projection=nothing)
    monkeypatch.setattr("retrieval.late_interaction.SHIPPED", tmp_path)
    library = compile_library([Article("0.txt", None, BRIDGE)], encoder, version="test")
    assert set(aligned(candidates_of(library, "bridge?")).values()) == {0.0}
    assert set(aligned(candidates_of(library_of(BRIDGE), "bridge?")).values()) != {0.0}


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
        Answering(library, BY_MARGIN)


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


def test_a_clipping_near_which_every_word_stands_is_fully_aligned() -> None:
    scores = compared(library_of(BRIDGE, TUNNEL), "When was the old bridge opened?")
    assert scores["May 1998"] == pytest.approx(1.0)
    assert scores["May 1998"] > scores["March 1990"]


def test_the_sentences_on_either_side_count_and_those_further_off_do_not() -> None:
    scores = compared(library_of(BRIDGE, PARK), "Nobody sang at the bridge")
    beside, apart = scores["June 2001"], scores["April 1950"]
    assert scores["May 1998"] == pytest.approx(1.0)  # it has "bridge", the next one "nobody sang"
    assert apart < beside < 1  # "bridge" is two sentences away from June


def test_words_that_only_ask_need_not_be_met() -> None:
    library = library_of(BRIDGE, TUNNEL)
    plain = compared(library, "old bridge opened")
    assert compared(library, "Hello, please tell me when was the old bridge opened?") == plain


def test_where_every_word_only_asks_all_of_them_are_looked_for() -> None:
    scores = compared(library_of("A.I. was opened in May 1998."), "What is A.I.?")
    assert scores["May 1998"] > 0


def test_those_beyond_the_most_compared_count_as_the_worst_of_them() -> None:
    library = library_of(BRIDGE, TUNNEL, PARK)
    everything = compared(library, "When was the old bridge opened?")
    some = compared(library, "When was the old bridge opened?", most=2)
    assert list(everything) == ["April 1950", "March 1990", "June 2001", "May 1998"]
    worst = min(everything["April 1950"], everything["March 1990"])
    assert some == {
        "April 1950": everything["April 1950"],
        "March 1990": everything["March 1990"],
        "June 2001": worst,
        "May 1998": worst,
    }


def test_no_candidate_is_no_work_and_no_error() -> None:
    library = library_of(BRIDGE)
    question = parse_question("bridge?", library)
    assert with_alignment(question, [], library.encoder) == []


def test_a_question_without_a_token_is_met_nowhere() -> None:
    library = library_of(BRIDGE)
    question = replace(parse_question("bridge?", library), text="…")
    candidates = candidates_of(library, "bridge?")
    assert set(aligned(with_alignment(question, candidates, library.encoder)).values()) == {0.0}


def test_alignment_moves_the_right_clipping_up() -> None:
    library = library_of(PARK, TUNNEL, BRIDGE)
    question = "When was the old bridge opened?"
    reader = PhraseReader(dict.fromkeys(MARGINS, 1.0))
    decision = Decision({"margin": 1.0, "aligned": 5.0}, {"margin": 1.0}, 0.0, 0.5, 0.0)
    first = Answering(library, decision, reader)(question).findings[0]
    assert first.answer is not None
    assert first.answer.text == "May 1998"


@given(st.lists(st.sampled_from(sorted(MARGINS)), unique=True, min_size=1), st.integers(1, 5))
def test_the_order_and_everything_else_is_kept(dates: list[str], most: int) -> None:
    library = library_of(BRIDGE, TUNNEL, PARK)
    question = parse_question("the bridge in May", library)
    candidates = [
        c for c in candidates_of(library, "bridge") if c.answer and c.answer.text in dates
    ]
    found = with_alignment(question, candidates, library.encoder, most=most)
    assert [(c.quote, c.answer, c.features[:-1]) for c in found] == [
        (c.quote, c.answer, c.features[:-1]) for c in candidates
    ]
