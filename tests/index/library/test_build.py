"""Keeping a library in step with its folder."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from config.errors import ArticlesError, LibraryError
from index.library.build import build_library, current_library
from index.library.pointer import read_pointer
from index.library.progress import Progress
from index.library.storage import save_library
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from pathlib import Path

    from index.documents.left_out import Noted, Skipped, Unread


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("The bridge opened in May.\n")
    (articles / "b.txt").write_text("The tunnel opened in June.\n")
    return articles


def test_a_library_that_is_in_step_is_opened_and_not_built(folder: Path, tmp_path: Path) -> None:
    first = current_library(folder, tmp_path / "library", WordEncoder())
    encoder = WordEncoder()
    second = current_library(folder, tmp_path / "library", encoder)
    assert second.version == first.version
    assert encoder.encoded == []


def test_a_rebuild_encodes_only_what_changed(folder: Path, tmp_path: Path) -> None:
    current_library(folder, tmp_path / "library", WordEncoder())
    (folder / "b.txt").write_text("The tunnel was closed in July.\n")
    (folder / "c.txt").write_text("A ferry came.\n")

    encoder = WordEncoder()
    library = current_library(folder, tmp_path / "library", encoder)
    assert set(encoder.encoded) == {"The tunnel was closed in July.", "A ferry came."}

    fresh = build_library(folder, tmp_path / "fresh", WordEncoder())
    assert library.version == fresh.version
    rows = list(range(len(fresh.passages)))
    assert (library.dense.vectors(rows) == fresh.dense.vectors(rows)).all()
    assert (library.sentence_vectors == fresh.sentence_vectors).all()


def test_an_article_that_is_gone_is_gone_from_the_library(folder: Path, tmp_path: Path) -> None:
    current_library(folder, tmp_path / "library", WordEncoder())
    (folder / "a.txt").unlink()
    encoder = WordEncoder()
    library = current_library(folder, tmp_path / "library", encoder)
    assert [article.slug for article in library.articles] == ["b.txt"]
    assert encoder.encoded == []


def test_a_change_that_keeps_the_size_is_seen(folder: Path, tmp_path: Path) -> None:
    current_library(folder, tmp_path / "library", WordEncoder())
    status = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("The bridge opened in Mai.\n")
    os.utime(folder / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    library = current_library(folder, tmp_path / "library", WordEncoder())
    assert library.articles[0].text == "The bridge opened in Mai.\n"


def test_a_change_of_a_sidecar_is_seen(folder: Path, tmp_path: Path) -> None:
    current_library(folder, tmp_path / "library", WordEncoder())
    (folder / "a.txt.json").write_text('{"title": "Beside"}')
    os.utime(folder / "a.txt.json", (4e9, 4e9))
    library = current_library(folder, tmp_path / "library", WordEncoder())
    assert library.articles[0].title == "Beside"


def test_touching_a_file_encodes_nothing_and_keeps_the_version(
    folder: Path, tmp_path: Path
) -> None:
    first = current_library(folder, tmp_path / "library", WordEncoder())
    os.utime(folder / "a.txt", (1, 1))
    encoder = WordEncoder()
    assert current_library(folder, tmp_path / "library", encoder).version == first.version
    assert encoder.encoded == []


def test_a_library_that_was_cut_otherwise_is_built_again(folder: Path, tmp_path: Path) -> None:
    library = current_library(folder, tmp_path / "library", WordEncoder())
    pointer = read_pointer(tmp_path / "library")
    assert pointer is not None
    sources = {name: pointer[name] for name in ("folder", "files")}
    save_library(replace(library, version="cut-otherwise"), tmp_path / "library", sources)
    again = current_library(folder, tmp_path / "library", WordEncoder())
    assert again.version == library.version


def test_another_folder_of_articles_is_not_answered_from_the_first(
    folder: Path, tmp_path: Path
) -> None:
    current_library(folder, tmp_path / "library", WordEncoder())
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    status = (folder / "a.txt").stat()
    (other / "a.txt").write_text("The castle opened in May.\n")
    os.utime(other / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    library = current_library(other, tmp_path / "library", WordEncoder())
    assert library.articles[0].text == "The castle opened in May.\n"


def test_another_encoder_encodes_everything_again(folder: Path, tmp_path: Path) -> None:
    build_library(folder, tmp_path / "library", WordEncoder())
    encoder = WordEncoder(digest="words-2")
    build_library(folder, tmp_path / "library", encoder)
    assert len(encoder.encoded) == 4


def test_a_damaged_library_is_an_error_until_it_is_built_again(
    folder: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    version = current_library(folder, library, WordEncoder()).version
    (library / "versions" / version / "texts.bin").write_bytes(b"")
    with pytest.raises(LibraryError, match=r"texts\.bin"):
        current_library(folder, library, WordEncoder())

    build_library(folder, library, WordEncoder())
    assert current_library(folder, library, WordEncoder()).version == version


def test_bad_files_are_reported_and_the_others_are_read(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\0")
    (folder / "b.txt").write_bytes((folder / "b.txt").read_bytes() + b" \xa34")
    for name in ("a.png", "b.PNG", "c.svg", "a.txt.json"):
        (folder / name).write_bytes(b"{}")
    reported: list[str] = []

    class Listener(Progress):
        def skipped(self, left_out: Skipped | Unread) -> None:
            reported.append(str(left_out))

        def noted(self, remark: Noted) -> None:
            reported.append(str(remark))

    library = build_library(folder, tmp_path / "library", WordEncoder(), Listener())
    assert reported == [
        "3 .png, .svg files are not read.",
        "Skipped bad.txt: it holds NUL bytes (byte 0): it is not text.",
        "b.txt: it was read as Windows-1252.",
    ]
    assert [article.slug for article in library.articles] == ["a.txt", "b.txt"]
    pointer = read_pointer(tmp_path / "library")
    assert pointer is not None
    assert pointer["skipped"] == [["bad.txt", "it holds NUL bytes (byte 0): it is not text"]]
    assert pointer["unread"] == [[".png", 2], [".svg", 1]]
    assert pointer["noted"] == [["b.txt", "it was read as Windows-1252"]]


def test_a_folder_without_articles_is_an_error_that_says_what_is_wrong(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    with pytest.raises(ArticlesError, match=r"is empty: put \.txt or \.md files into it"):
        build_library(articles, tmp_path / "library", WordEncoder())
    (articles / "a.txt").write_bytes(b"\0")
    with pytest.raises(ArticlesError, match=r"No file in .* a\.txt: it holds NUL bytes"):
        build_library(articles, tmp_path / "library", WordEncoder())


def test_a_place_where_nothing_can_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryError, match=r"file cannot be written \(.*\): .* --library"):
        build_library(folder, tmp_path / "file", WordEncoder())


def test_a_file_in_another_encoding_opens_again(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "cafe.txt").write_bytes("Das Café öffnet früh.".encode("cp1252"))
    built = current_library(tmp_path / "articles", tmp_path / "library", WordEncoder())
    encoder = WordEncoder()
    opened = current_library(tmp_path / "articles", tmp_path / "library", encoder)
    assert (opened.version, encoder.encoded) == (built.version, [])
    assert opened.articles[0].text == "Das Café öffnet früh."
