"""A library on disk: the same when it comes back, and never half of one."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import LibraryError
from index.library.pointer import read_pointer, write_pointer
from index.library.storage import open_library, save_library
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = (
    "articles.json",
    "texts.bin",
    "passages.npy",
    "sentences.npy",
    "first_sentences.npy",
    "passages.faiss",
    "sentence_vectors.npy",
    "words.json",
    "passage_words.npy",
    "first_words.npy",
    "manifest.json",
)
TEXTS = ("Wiesbaden is the seat.\r\nNaïve 😀 text.\x85", "Second.\n\n\n" + "Long one. " * 200)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The folder of a library of two articles."""
    save_library(library_of(*TEXTS, titles=["A title", None]), tmp_path, {"folder": "x"})
    return tmp_path


def version_of(folder: Path) -> Path:
    pointer = read_pointer(folder)
    assert pointer is not None
    return folder / "versions" / str(pointer["version"])


def test_what_is_opened_is_what_was_saved(saved: Path) -> None:
    before = library_of(*TEXTS, titles=["A title", None])
    after = open_library(saved, WordEncoder())

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
    folder = tmp_path_factory.mktemp("library")
    before = library_of(*texts)
    save_library(before, folder, {})
    after = open_library(folder, WordEncoder())
    assert [article.text for article in after.articles] == texts
    assert [p.text for p in after.passages] == [p.text for p in before.passages]
    assert [s.text for s in after.sentences] == [s.text for s in before.sentences]


def test_the_files_on_disk_are_the_ones_that_are_checked(saved: Path) -> None:
    assert sorted(path.name for path in version_of(saved).iterdir()) == sorted(FILES)


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [flip_a_byte, cut_in_half, lambda path: path.unlink()])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_with_the_command_that_mends_it(
    saved: Path, name: str, damage: Callable[[Path], None]
) -> None:
    path = version_of(saved) / name
    damage(path)
    with pytest.raises(LibraryError) as caught:
        open_library(saved, WordEncoder())
    assert str(path) in str(caught.value)
    assert "python -m index build" in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\udcff"])
def test_a_damaged_pointer_is_named_with_the_command_that_mends_it(
    saved: Path, content: str
) -> None:
    (saved / "current.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(
        LibraryError, match=r"current\.json is damaged: run `python -m index build`"
    ):
        open_library(saved, WordEncoder())


def test_a_version_that_is_gone_is_named(saved: Path) -> None:
    shutil.rmtree(version_of(saved))
    with pytest.raises(LibraryError, match=r"manifest\.json is missing or damaged"):
        open_library(saved, WordEncoder())


def test_no_library_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        open_library(tmp_path, WordEncoder())


def test_a_library_of_another_format_is_not_opened(saved: Path) -> None:
    path = version_of(saved) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    with pytest.raises(LibraryError, match="has format 0, this program reads"):
        open_library(saved, WordEncoder())


def test_a_library_of_another_encoder_is_not_opened(saved: Path) -> None:
    with pytest.raises(LibraryError, match=r"was made by another encoder \(words\)"):
        open_library(saved, WordEncoder(digest="words-2"))


def test_readers_keep_the_version_they_opened(saved: Path) -> None:
    reading = open_library(saved, WordEncoder())
    newer = replace(library_of("Quite another text."), version="newer")
    newest = replace(library_of("A third text."), version="newest")
    for library in (newer, newest):
        save_library(library, saved, {})

    assert reading.passages[0].text.startswith("Wiesbaden")
    assert float(reading.dense.nearest(reading.encoder.encode(["Wiesbaden"])[0], 1)[0][1]) > 0
    assert reading.sentence_vectors.astype(np.float32).sum() > 0
    assert open_library(saved, WordEncoder()).version == "newest"


def test_the_version_before_stays_and_older_ones_go(saved: Path) -> None:
    for version in ("second", "third"):
        save_library(replace(library_of("Text."), version=version), saved, {})
    assert {path.name for path in (saved / "versions").iterdir()} == {"second", "third"}


def test_no_half_written_version_is_left_when_writing_fails(tmp_path: Path) -> None:
    library = library_of("Text.")
    broken = replace(library, vocabulary={"word": {1}})  # type: ignore[dict-item]  # no JSON
    with pytest.raises(TypeError):
        save_library(broken, tmp_path, {})
    assert list((tmp_path / "versions").iterdir()) == []
    assert read_pointer(tmp_path) is None


def test_pointing_leaves_no_scratch_file(saved: Path) -> None:
    write_pointer(saved, "other", {})
    assert {path.name for path in saved.iterdir()} == {"current.json", "versions"}


def test_nothing_on_disk_is_a_pickle(saved: Path) -> None:
    for path in version_of(saved).glob("*.npy"):
        np.load(path, allow_pickle=False)
