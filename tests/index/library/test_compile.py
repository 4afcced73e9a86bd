"""From articles to a library in memory."""

from __future__ import annotations

import numpy as np

from index.documents.article import Article
from index.library.compile import ArticleVectors, compile_library
from retrieval.search import search
from tests.fakes import WordEncoder, library_of


def test_a_passage_is_found_by_its_articles_title() -> None:
    library = library_of("It opened in May.", "It closed in June.", titles=["The new bridge", None])
    assert [row for row, _ in library.lexical.best(["bridg"], 5)] == [0]


def test_every_row_has_a_vector_of_length_one() -> None:
    library = library_of("One is here. Two is there.", "Three.")
    assert library.sentence_vectors.shape == (len(library.sentences), library.encoder.dim)
    lengths = np.linalg.norm(library.sentence_vectors.astype(np.float32), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-3)
    assert len(library.dense) == len(library.passages) == len(library.lexical)


def test_a_library_without_articles_finds_nothing() -> None:
    library = compile_library([], WordEncoder(), version="empty")
    assert search(library, "anything?", ["anyth"], limit=5) == []


def test_vectors_that_are_known_are_not_made_again() -> None:
    articles = [Article("a.txt", None, "One."), Article("b.txt", None, "Two.")]
    fresh = compile_library(articles, WordEncoder(), version="test")
    known = {articles[0]: ArticleVectors(fresh.dense.vectors([0]), fresh.sentence_vectors[[0]])}
    encoder = WordEncoder()
    again = compile_library(
        articles, encoder, version="test", known=lambda article, *_: known.get(article)
    )
    assert encoder.encoded == ["Two.", "Two."]
    np.testing.assert_array_equal(again.dense.vectors([0, 1]), fresh.dense.vectors([0, 1]))


def test_progress_counts_passages_and_sentences() -> None:
    heard: list[tuple[int, int]] = []
    articles = [Article("a.txt", None, "One. Two."), Article("b.txt", None, "Three.")]
    compile_library(
        articles,
        WordEncoder(),
        version="test",
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(3, 5), (5, 5)]
