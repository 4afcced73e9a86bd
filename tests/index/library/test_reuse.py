"""Vectors are used again only for what they were made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.documents.spans import Passage, Sentence
from index.library.compile import compile_library
from index.library.reuse import known_vectors
from index.library.storage import save_library
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from pathlib import Path

    from index.library.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The current library of a folder."""
    library = library_of("The bridge is open. It is long.", "A ferry came.")
    save_library(library, tmp_path, {})
    return library


def test_an_article_that_stayed_the_same_has_its_vectors(library: Library, tmp_path: Path) -> None:
    look_up = known_vectors(tmp_path, WordEncoder())
    found = look_up(library.articles[1], library.passages[1:], library.sentences[2:])
    assert found is not None
    np.testing.assert_array_equal(found.passages, library.dense.vectors([1]))
    np.testing.assert_array_equal(found.sentences, library.sentence_vectors[2:])


def test_an_article_that_is_new_or_changed_has_no_vectors(library: Library, tmp_path: Path) -> None:
    look_up = known_vectors(tmp_path, WordEncoder())
    ferry = library.articles[1]
    for changed in (
        replace(ferry, slug="new.txt"),
        replace(ferry, digest="other"),
        replace(ferry, title="The ferry"),
    ):
        alone = compile_library([changed], WordEncoder(), version="test")
        assert look_up(changed, alone.passages, alone.sentences) is None


def test_an_article_that_is_cut_in_another_way_has_no_vectors(
    library: Library, tmp_path: Path
) -> None:
    look_up = known_vectors(tmp_path, WordEncoder())
    bridge = library.articles[0]
    passages, sentences = library.passages[:1], library.sentences[:2]
    assert look_up(bridge, passages, sentences) is not None
    assert look_up(bridge, passages, [Sentence(bridge, 0, 10), Sentence(bridge, 10, 31)]) is None
    assert look_up(bridge, [Passage(bridge, 0, 10)], sentences) is None


def test_without_a_library_nothing_is_known(library: Library, tmp_path: Path) -> None:
    for look_up in (
        known_vectors(tmp_path / "nowhere", WordEncoder()),
        known_vectors(tmp_path, WordEncoder(digest="words-2")),
    ):
        assert look_up(library.articles[1], library.passages[1:], library.sentences[2:]) is None
