"""A library knows whether files that may hold text were left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.library.build import build_library
from index.library.unread import has_unread_text
from tests.fakes import WordEncoder

if TYPE_CHECKING:
    from pathlib import Path


def built_with(tmp_path: Path, name: str, data: bytes) -> bool:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Rain fell in May.", encoding="utf-8")
    (articles / name).write_bytes(data)
    library = build_library(articles, tmp_path / "library", WordEncoder())
    return has_unread_text(tmp_path / "library", library)


@pytest.mark.parametrize(
    ("name", "data"), [("b.xyz", b"text"), ("b.txt", b"\x00\xff\x81\x00"), ("b", b"")]
)
def test_a_file_that_may_hold_text_counts(tmp_path: Path, name: str, data: bytes) -> None:
    assert built_with(tmp_path, name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("b.PNG", b"\x89"),
        ("b.txt", b"Snow fell in June."),
        ("a.txt.json", b"{"),
        ("b.md", b"---\ndate: never\n---\nSnow fell in June."),
    ],
)
def test_pictures_and_metadata_do_not_count(tmp_path: Path, name: str, data: bytes) -> None:
    assert not built_with(tmp_path, name, data)
