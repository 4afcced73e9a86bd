"""What is said to stand in no article stands in none, in no form."""

from __future__ import annotations

import datetime

import pytest

from index.documents.article import Article
from index.library.compile import compile_library
from retrieval.mentions import unknown_words
from retrieval.questions import parse_question
from tests.fakes import WordEncoder, library_of

LIBRARY = library_of(
    "José Núñez paid 1,000 euros at the check-in in Zürich. The Canadian guests bought a lifeboat.",
    "Version 1.0.0-alpha.2 reads maxRetries from the file system. The EU met 2500 children.",
)


def unknown(question: str) -> tuple[str, ...]:
    return unknown_words(parse_question(question, LIBRARY), LIBRARY)


@pytest.mark.parametrize(
    "form",
    [
        "Jose Nunez", "ZURICH", "guest", "pay", "buying", "buys", "child", "meets", "Canada",
        "European Union", "1000", "2,500", "check-in", "checkin", "life-boat", "life boat",
        "filesystem", "file-system", "max retries", "max_retries", "maxRetries", "1.0.0-alpha.2",
        "v1.0.0-ALPHA.2",
    ],
)  # fmt: skip
def test_a_word_that_stands_in_another_form_is_known(form: str) -> None:
    assert unknown(f"what about {form}") == ()


@pytest.mark.parametrize(
    "word",
    ["Müller", "MOON", "1.0", "1.0.0", "3.5", "10,000", "e-mail", "minRetries", "U.S.", "canada"],
)
def test_a_word_that_no_article_has_is_named_as_it_was_typed(word: str) -> None:
    assert unknown(f"what about {word}?") == (word,)


def test_words_side_by_side_in_different_sentences_are_no_compound() -> None:
    library = library_of("They check it. In May it rains.")
    assert unknown_words(parse_question("checkin", library), library) == ("checkin",)


def test_only_words_that_tell_something_are_named() -> None:
    assert unknown("how much would anyone want to know about a kind of list, etc.?") == ()
    assert unknown("Who nominated Núñez?") == ("nominated",)


def test_titles_file_names_dates_and_front_matter_mention_words_as_well() -> None:
    text = "---\nauthor: Ada Holm\n---\nRain fell."
    article = Article(
        "minutes/board-x.txt",
        "Weather",
        text,
        datetime.date(2024, 8, 20),
        "https://example.org/storm",
        body=27,
    )
    library = compile_library([article], WordEncoder(), version="test")
    asked = parse_question("Ada weather board minutes storm 2024 August 2019", library)
    assert unknown_words(asked, library) == ("2019",)
