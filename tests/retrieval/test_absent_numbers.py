"""Years and versions tell things apart, so one that no article has counts as an unknown name."""

from __future__ import annotations

import datetime

import pytest

from index.documents.article import Article
from index.library.compile import compile_library
from index.passages.words import typed_words
from retrieval.absent_numbers import absent_numbers
from retrieval.questions import parse_question
from tests.fakes import WordEncoder, library_of

LIBRARY = library_of("The 2024 prize went to Ola Nord. Version 1.0.0-alpha.2 is out.")


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Who won the 2019 prize?", ("2019",)),
        ("Who won the 2024 prize?", ()),
        ("What is new in version 1.0?", ("1.0",)),
        ("What is new in v3.1 and 1.0.0?", ("3.1", "1.0.0")),
        ("What is new in 1.0.0-alpha.2?", ()),
        ("Who paid 3.5 million for 500 and 3000 seats?", ()),
    ],
)
def test_a_year_and_a_version_that_no_article_has_are_named(
    question: str, absent: tuple[str, ...]
) -> None:
    assert absent_numbers(list(typed_words(question)), LIBRARY) == absent
    assert parse_question(question, LIBRARY).absent_numbers == absent


def test_the_year_of_an_articles_date_or_file_name_is_there() -> None:
    dated = Article("minutes-2019.txt", None, "It rained.", datetime.date(2021, 3, 1))
    library = compile_library([dated], WordEncoder(), version="test")
    asked = list(typed_words("weather 2019 2020 2021"))
    assert absent_numbers(asked, library) == ("2020",)
