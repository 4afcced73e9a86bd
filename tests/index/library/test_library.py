"""A library: rows, furniture, and what a passage is found by."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.documents.article import Article
from index.documents.folder import read_articles
from index.library.compile import compile_library
from index.passages.boilerplate_sentences import find_boilerplate
from index.passages.indexed_text import indexed_text
from index.passages.sentences import split_sentences
from retrieval.search import search
from tests.fakes import WordEncoder, library_of

SEEDS = Path(__file__).parents[3] / "seeds"


def test_each_passage_knows_its_sentences() -> None:
    library = library_of("One is here. Two is there.\n\n" + "Three is long. " * 80, "Four.")
    rows = [row for number in range(len(library.passages)) for row in library.sentence_rows(number)]

    assert rows == list(range(len(library.sentences)))
    for number, passage in enumerate(library.passages):
        for row in library.sentence_rows(number):
            assert passage.covers(library.sentences[row])


def test_a_passage_is_found_by_its_articles_title() -> None:
    library = library_of("It opened in May.", "It closed in June.", titles=["The new bridge", None])
    assert indexed_text(library.passages[0]) == "The new bridge\nIt opened in May."
    assert [row for row, _ in library.lexical.best(["bridg"], 5)] == [0]


def test_a_title_that_stands_in_the_passage_counts_once() -> None:
    library = library_of("The new bridge\nIt opened.", titles=["The new bridge"])
    assert indexed_text(library.passages[0]) == library.passages[0].text


def test_the_vocabulary_counts_the_passages_that_hold_a_word_as_written() -> None:
    library = library_of("Bridges, bridges.", "A bridge; BRIDGES")
    assert library.vocabulary["bridges"] == 2
    assert library.vocabulary["bridge"] == 1


def test_vectors_are_of_length_one_and_one_for_each_row() -> None:
    library = library_of("One is here. Two is there.", "Three.")
    assert library.sentence_vectors.shape == (len(library.sentences), library.encoder.dim)
    lengths = np.linalg.norm(library.sentence_vectors.astype(np.float32), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-3)
    assert len(library.dense) == len(library.passages) == len(library.lexical)


def test_a_library_without_articles_finds_nothing() -> None:
    library = compile_library([], WordEncoder(), version="empty")
    assert search(library, "anything?", ["anyth"], limit=5) == []


def test_what_a_page_prints_around_its_article_is_furniture() -> None:
    text = (
        "Photo/AFP/Getty Images\nPublished on\nNovember 19, 2024\nMust read\nThe prose is here.\n"
        "Leave a Reply\nRead more:\n- The other story of the day\n- A third one\nLatest article\n"
        "Exit mobile version"
    )
    sentences = split_sentences(Article("a.txt", None, text))
    kept = [s.text for row, s in enumerate(sentences) if row not in find_boilerplate(sentences)]
    assert kept == ["The prose is here."]


def test_the_prose_of_the_seeds_is_not_furniture() -> None:
    articles = [each for each in read_articles(SEEDS) if isinstance(each, Article)]
    sentences = [sentence for article in articles for sentence in split_sentences(article)]
    marked = {sentences[row].text for row in find_boilerplate(sentences)}

    assert {
        "Published on",
        "Must read",
        "Leave a Reply",
        "Roman Pilipei/AFP/Getty Images",
    } <= marked
    prose = {sentence.text for sentence in sentences if len(sentence.text) > 120}
    assert marked & prose == set()
