"""How many of a question's words a text has."""

from __future__ import annotations

import pytest

from index.passages.words import words
from retrieval.questions import parse_question
from retrieval.word_share import word_share
from tests.fakes import library_of

LIBRARY = library_of("The ferry sails.", "The ferry waits.", "The ferry sank in fog.")


def share(question: str, text: str) -> float:
    return word_share(parse_question(question, LIBRARY), LIBRARY, set(words(text)))


def test_all_words_are_one_and_none_is_nothing() -> None:
    assert share("Did the ferry sink in fog?", "ferry sink fog") == pytest.approx(1.0)
    assert share("Did the ferry sail?", "harbour") == 0
    assert share("Hello?", "ferry") == 0


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    assert share("ferry fog?", "fog") > 0.5 > share("ferry fog?", "ferry")
