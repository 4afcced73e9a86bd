"""`clipping status`: what the library holds and what was left out, without opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli.status import show
from config.errors import LibraryError
from config.settings import Settings
from index.library.build import build_library
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from pathlib import Path


def settings_in(folder: Path) -> Settings:
    return Settings(_env_file=None, articles=folder / "articles", library=folder / "library")


def test_what_was_left_out_is_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_in(tmp_path)
    settings.articles.mkdir()
    (settings.articles / "tea.txt").write_bytes("Tea costs £4 here.".encode("cp1252"))
    (settings.articles / "old.doc").write_text("Coffee.")
    (settings.articles / "cup.png").write_bytes(b"\x89PNG")
    library = build_library(settings.articles, settings.library, WordEncoder())
    assert show(settings) == 0
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith(f"Library {library.version}, built ")
    assert rest == [
        "1 .png file is not read.",
        "tea.txt: it was read as Windows-1252.",
        "Skipped old.doc: .doc files are not read; save it as .docx.",
    ]


def test_a_folder_that_has_changed_since_is_said_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_in(tmp_path)
    settings.articles.mkdir()
    (settings.articles / "tea.txt").write_text("Tea costs four crowns.")
    build_library(settings.articles, settings.library, WordEncoder())
    (settings.articles / "milk.txt").write_text("Milk costs two crowns.")
    assert show(settings) == 0
    assert "has changed since" in capsys.readouterr().out


def test_without_a_library_the_way_out_is_named(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    settings.articles.mkdir()
    with pytest.raises(LibraryError, match="clipping index build"):
        show(settings)
