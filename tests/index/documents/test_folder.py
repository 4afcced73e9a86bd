"""Listing a folder and reading its files: what is read, what is left out and why."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ArticlesError
from index.documents.article import Article
from index.documents.folder import Skipped, article_files, is_below, read_article, read_articles

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes, name: str = "a.txt") -> Article:
    article = read_article(folder, write(folder, name, content))
    assert isinstance(article, Article)
    return article


def reason(folder: Path, content: str | bytes, name: str = "a.txt") -> str:
    skipped = read_article(folder, write(folder, name, content))
    assert isinstance(skipped, Skipped)
    assert skipped.slug == name
    return skipped.reason


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_the_text_is_the_file_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("articles")
    data = ("word " + text).encode()
    article = read(folder, data)
    assert article.text.encode() == data
    assert article.digest == hashlib.sha256(data).hexdigest()


def test_line_ends_and_a_byte_order_mark_stay_as_they_are(tmp_path: Path) -> None:
    data = "\ufeffOne\r\ntwo\rthree\x85four\n".encode()
    assert read(tmp_path, data).text.encode() == data


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"caf\xe9", "it is not UTF-8 (byte 3); save it as UTF-8"),
        (b"", "it is empty"),
        (b" \n\t -- \n", "it is empty"),
        (b"abc\0def", "it holds NUL bytes (character 3): it is not text"),
        (b"x" * 20_000_001, "it has 20 MB and the limit is 20; split it into smaller files"),
    ],
)
def test_a_file_that_is_not_an_article_is_skipped_with_a_reason(
    tmp_path: Path, content: bytes, why: str
) -> None:
    assert reason(tmp_path, content) == why


def test_a_file_of_50_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    skipped = read_article(tmp_path, tmp_path / "big.txt")
    assert str(skipped) == (
        "Skipped big.txt: it has 50 MB and the limit is 20; split it into smaller files."
    )


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    assert "only .markdown, .md, .text, .txt files" in reason(tmp_path, "GIF89a", "logo.gif")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "secret.txt", "text")
    path.chmod(0)
    skipped = read_article(tmp_path, path)
    assert isinstance(skipped, Skipped)
    assert "check its permissions" in skipped.reason


def test_a_file_whose_name_is_not_utf_8_is_left_out(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    skipped = read_article(tmp_path, write(tmp_path, name, "Fine."))
    assert str(skipped) == "Skipped caf\ufffd.txt: its name is not UTF-8; rename it."


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Fine.")
    write(tmp_path, "b.txt", b"\xff")
    write(tmp_path, "c/d.md", "Fine, too.")
    found = list(read_articles(tmp_path))
    assert [each.slug for each in found] == ["a.txt", "b.txt", "c/d.md"]
    assert [isinstance(each, Article) for each in found] == [True, False, True]


def test_hidden_files_and_sidecars_are_not_articles(tmp_path: Path) -> None:
    for name in (".git/config.txt", ".hidden.txt", "a.txt", "a.txt.json"):
        write(tmp_path, name, "{}")
    assert article_files(tmp_path) == [tmp_path / "a.txt"]


def test_a_folder_that_is_missing_or_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticlesError, match=r"nowhere does not exist: create it, or name another"):
        article_files(tmp_path / "nowhere")
    with pytest.raises(ArticlesError, match=r"a\.txt is not a folder"):
        article_files(write(tmp_path, "a.txt", "text"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    with pytest.raises(ArticlesError, match="closed cannot be read"):
        article_files(folder)


def test_front_matter_is_in_the_text_and_not_in_the_body(tmp_path: Path) -> None:
    article = read(tmp_path, "---\ntitle: Front\n---\nBody.\n")
    assert article.title == "Front"
    assert article.text[article.body :] == "Body.\n"


def test_a_sidecar_beside_the_file_is_used(tmp_path: Path) -> None:
    write(tmp_path, "a.txt.json", '{"url": "https://x.example/a"}')
    assert read(tmp_path, "Text.").url == "https://x.example/a"


@pytest.mark.parametrize(
    ("slug", "below"),
    [("a/b.txt", True), ("a/c/b.txt", True), ("ab/b.txt", False), ("a.txt", False)],
)
def test_an_article_is_below_the_folders_of_its_path(slug: str, below: bool) -> None:
    assert is_below(slug, ("/a/", "other")) is below
    assert not is_below(slug, ())


def test_front_matter_with_an_impossible_date_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "---\ndate: 2023-13-45\n---\nText.\n")
    write(tmp_path, "b.txt", "Fine.")
    assert [isinstance(each, Article) for each in read_articles(tmp_path)] == [True, True]
