"""Which clippings contradict each other: what stands around them counts as well."""

from __future__ import annotations

import datetime as dt

from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.library.compile import compile_library
from retrieval.agreement import find_contradictions, group_by_answer
from retrieval.questions import parse_question
from retrieval.ranker import RankedCandidate
from tests.fakes import WordEncoder, candidate_of

ROW = "| line | fare |\n|---|---|\n| North | {fare} crowns |\n"


def contradictions(question: str, *names: str) -> int:
    """Counts the contradictions to the first of two tables, whose rows differ in the fare."""
    fares = (57, 55)
    texts = [ROW.format(fare=fare) for fare in fares]
    articles = [
        Article(
            name, None, text, dt.date(2024, 1, 1), structure=find_structure(text), extractor="x"
        )
        for name, text in zip(names, texts, strict=True)
    ]
    library = compile_library(articles, WordEncoder(), version="test")
    ranked = [
        RankedCandidate(candidate_of(library, f"{fare} crowns"), 0.5, 9.0 - at)
        for at, fare in enumerate(fares)
    ]
    asked = parse_question(question, library)
    return len(find_contradictions(asked, ranked, group_by_answer(ranked), lambda _ranked: 1.0))


def test_a_row_of_another_year_contradicts_nothing_where_the_file_names_the_year() -> None:
    question = "What is the fare of the line North in 2024?"
    assert contradictions(question, "fares-2024.csv", "fares-2023.csv") == 0
    assert contradictions(question, "fares-a.csv", "fares-b.csv") == 1
