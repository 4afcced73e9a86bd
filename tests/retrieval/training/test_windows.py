"""Windows are runs of whole sentences, and offsets stay exact in them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from retrieval.training.windows import example, sentences, window

proses = st.lists(
    st.sampled_from(
        ["It cost $4.5 bn!", "\n\n", " ", "“Why?” he said.", "Größe 12 €", "No.", "x y z"]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  -- repeatable on purpose


@given(text=proses)
def test_sentences_lose_only_white_space(text: str) -> None:
    cuts = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in cuts) == "".join(text.split())


@given(text=proses, data=st.data(), words=st.integers(1, 40), seed=st.integers(0, 99))
def test_an_answer_is_the_same_words_in_its_window(
    text: str, data: st.DataObject, words: int, seed: int
) -> None:
    inked = [spot for spot, sign in enumerate(text) if not sign.isspace()]
    if not inked:
        return
    start = data.draw(st.sampled_from(inked))
    end = data.draw(st.sampled_from([spot for spot in inked if spot >= start])) + 1
    cut = window(text, (start, end), words, dice(seed))
    made = example("Why?", "A title", text, cut, ((start, end),))
    assert [made.passage[first:last] for first, last in made.answers] == [text[start:end]]
    assert min(first for first, _ in made.answers) >= len("A title. ")


def test_a_window_stops_growing_at_its_length() -> None:
    text = "One two. Three four. Five six. Seven eight."
    for seed in range(20):
        start, end = window(text, (9, 14), 4, dice(seed))
        assert text[start:end] in {"One two. Three four.", "Three four. Five six."}


def test_windows_grow_on_both_sides() -> None:
    text = "One two. Three four. Five six."
    cuts = {window(text, (9, 14), 4, dice(seed)) for seed in range(20)}
    assert len(cuts) == 2


def test_an_answer_outside_the_window_is_left_out() -> None:
    text = "Ann came. Bob left."
    made = example("Who left?", "", text, (0, 9), ((10, 13),))
    assert (made.passage, made.answers) == ("Ann came.", ())


def test_the_title_stands_before_the_passage_and_moves_the_answer() -> None:
    made = example("Who left?", "Bob", "Ann came. Bob left.", (10, 19), ((10, 13),))
    assert (made.passage, made.answers) == ("Bob. Bob left.", ((5, 8),))
