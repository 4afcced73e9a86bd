"""A phrase in quotation marks is compared word for word, as a reader sees it."""

from __future__ import annotations

import pytest

from retrieval.phrases import holds


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The Old Bridge is closed.", "old bridge"),
        ("run by José Núñez", "Jose Nunez"),
        ("sold to Tor\u00adsten Ahl\u00adgren", "Torsten Ahlgren"),
        ("the old\n  bridge", "old bridge"),
        ("it’s “late”", "it's"),
        ("Fish &amp; chips, twice", "fish & chips,"),
    ],
)
def test_case_accents_and_white_space_do_not_count(text: str, phrase: str) -> None:
    assert holds(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("a party", "part"),
        ("a smart", "art"),
        ("the old bridges", "old bridge"),
        ("an old stone bridge", "old bridge"),
        ("old, bridge", "old bridge"),
        ("anything", " "),
    ],
)
def test_other_words_do_not_hold_a_phrase(text: str, phrase: str) -> None:
    assert not holds(text, phrase)
