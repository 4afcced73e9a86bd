"""The manifest: what a version is checked by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from config.errors import LibraryError
from index.library.manifest import check_files, is_whole, write_manifest
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """A version with one file besides the manifest."""
    (tmp_path / "texts.bin").write_bytes(b"Text.")
    write_manifest(library_of("Text."), tmp_path)
    return tmp_path


def test_files_that_are_as_they_were_written_pass(version: Path) -> None:
    check_files(version, WordEncoder())
    assert is_whole(version, WordEncoder())


def test_a_file_that_has_changed_or_is_gone_is_named(version: Path) -> None:
    (version / "texts.bin").write_bytes(b"Texts")
    with pytest.raises(LibraryError, match=r"texts\.bin is missing or damaged: run"):
        check_files(version, WordEncoder())
    (version / "texts.bin").unlink()
    assert not is_whole(version, WordEncoder())


def test_a_version_of_another_format_is_refused(version: Path) -> None:
    path = version / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    with pytest.raises(LibraryError, match="has format 0, this program reads"):
        check_files(version, WordEncoder())


def test_a_version_of_another_encoder_is_refused(version: Path) -> None:
    with pytest.raises(LibraryError, match=r"was made by another encoder \(words\)"):
        check_files(version, WordEncoder(digest="words-2"))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1, "files": {}}'])
def test_a_damaged_manifest_is_named(version: Path, content: str) -> None:
    (version / "manifest.json").write_text(content)
    with pytest.raises(LibraryError, match=r"manifest\.json is missing or damaged: run"):
        check_files(version, WordEncoder())
