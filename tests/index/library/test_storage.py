"""A library on disk: the same when it comes back, and never half of one."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from config.errors import LibraryError, ModelError
from index.library.encoders import open_encoder
from index.library.pointer import read_pointer
from index.library.storage import open_library, save_library
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = (
    "articles.json",
    "texts.bin",
    "blocks.npy",
    "ranges.npy",
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
    assert "clipping index build" in str(caught.value)


def test_a_version_that_is_gone_is_named(saved: Path) -> None:
    shutil.rmtree(version_of(saved))
    with pytest.raises(LibraryError, match=r"manifest\.json is missing or damaged"):
        open_library(saved, WordEncoder())


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        open_library(tmp_path, WordEncoder())


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


def test_a_library_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "library"
    before = os.umask(0o022)
    try:
        save_library(library_of("Words."), folder, {})
        with pytest.raises(ModelError):
            open_encoder(folder, str(tmp_path / "no model"))
    finally:
        os.umask(before)
    folders = [folder.parent, folder, folder / "versions", *(folder / "versions").iterdir()]
    assert [path.stat().st_mode & 0o777 for path in (*folders, folder / "encoders")] == [0o700] * 5
