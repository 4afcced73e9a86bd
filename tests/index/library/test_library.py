"""A library: rows of passages and sentences, and the library of some of its articles."""

from __future__ import annotations

import numpy as np

from tests.fakes import library_of


def test_each_passage_knows_its_sentences() -> None:
    library = library_of("One is here. Two is there.\n\n" + "Three is long. " * 80, "Four.")
    rows = [row for number in range(len(library.passages)) for row in library.sentence_rows(number)]

    assert rows == list(range(len(library.sentences)))
    for number, passage in enumerate(library.passages):
        for row in library.sentence_rows(number):
            assert passage.covers(library.sentences[row])


def test_the_vocabulary_counts_the_passages_that_hold_a_word_as_written() -> None:
    library = library_of("Bridges, bridges.", "A bridge; BRIDGES")
    assert library.vocabulary["bridges"] == 2
    assert library.vocabulary["bridge"] == 1


def test_the_vocabulary_has_the_order_of_the_text_whatever_the_hashes_are() -> None:
    library = library_of("one two three four five", "five six seven eight nine ten")
    assert " ".join(library.vocabulary) == "one two three four five six seven eight nine ten"


def test_a_subset_is_the_library_that_never_held_the_other_articles() -> None:
    texts = ("The bridge opened. It is long.", "The tunnel.", "A ferry came.\n\nIt left.")
    titles = ["Bridge", None, "Ferry"]
    whole = library_of(*texts, titles=titles)
    kept = {whole.articles[2], whole.articles[0]}
    subset = whole.subset(kept)
    alone = library_of(texts[0], texts[2], titles=[titles[0], titles[2]])

    assert [article.text for article in subset.articles] == [texts[0], texts[2]]
    assert [span.text for span in subset.passages] == [span.text for span in alone.passages]
    assert [span.text for span in subset.sentences] == [span.text for span in alone.sentences]
    assert subset.vocabulary == alone.vocabulary
    assert subset.lexical.idf("bridg") == alone.lexical.idf("bridg")
    np.testing.assert_array_equal(subset.first_sentences, alone.first_sentences)
    np.testing.assert_array_equal(subset.sentence_vectors, alone.sentence_vectors)
    rows = list(range(len(alone.passages)))
    np.testing.assert_array_equal(subset.dense.vectors(rows), alone.dense.vectors(rows))


def test_a_subset_says_in_its_version_that_it_is_one() -> None:
    library = library_of("One.", "Two.")
    assert library.subset({library.articles[0]}).version == "test, 1 articles of it"
