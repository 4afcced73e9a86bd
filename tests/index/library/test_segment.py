"""The files of a segment: the contents are the same when they come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.library.segment import read_segment, write_segment
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXTS = ("Wiesbaden is the seat.\r\nNaïve 😀 text.\x85", "Second.\n\n\n" + "Long one. " * 200)


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    before = library_of(*TEXTS, titles=["A title", None])
    write_segment(before, tmp_path)
    after = read_segment(tmp_path, version="test", encoder=WordEncoder())

    assert after.version == before.version
    for one, other in zip(before.articles, after.articles, strict=True):
        fields = [(a.slug, a.title, a.text, a.published, a.url, a.digest) for a in (one, other)]
        assert fields[0] == fields[1]
    for name in ("passages", "sentences"):
        spans = [
            [(s.article.slug, s.start, s.end) for s in getattr(library, name)]
            for library in (before, after)
        ]
        assert spans[0] == spans[1]
    assert after.vocabulary == before.vocabulary
    assert [list(each) for each in after.passage_words] == list(before.passage_words)
    np.testing.assert_array_equal(after.first_sentences, before.first_sentences)
    np.testing.assert_array_equal(after.sentence_vectors, before.sentence_vectors)
    rows = list(range(len(before.passages)))
    np.testing.assert_array_equal(after.dense.vectors(rows), before.dense.vectors(rows))
    np.testing.assert_array_equal(
        after.lexical.scores(["wiesbaden"]), before.lexical.scores(["wiesbaden"])
    )


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4))
def test_texts_and_offsets_come_back_whatever_the_articles_hold(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("segment")
    before = library_of(*texts)
    write_segment(before, folder)
    after = read_segment(folder, version="test", encoder=WordEncoder())
    assert [article.text for article in after.articles] == texts
    assert [p.text for p in after.passages] == [p.text for p in before.passages]
    assert [s.text for s in after.sentences] == [s.text for s in before.sentences]


def test_nothing_on_disk_is_a_pickle(tmp_path: Path) -> None:
    write_segment(library_of(*TEXTS), tmp_path)
    for path in tmp_path.glob("*.npy"):
        np.load(path, allow_pickle=False)
