"""Listing a folder and reading its files: what is read, what is left out and why."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ArticlesError
from index.documents.article import Article
from index.documents.folder import is_below, list_folder, read_article, read_articles
from index.documents.left_out import Skipped

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
        (b"", "it is empty"),
        (b" \n\t -- \n", "it is empty"),
        (b"abc\0def", "it holds NUL bytes (byte 3): it is not text"),
        (b"x" * 20_000_001, "it has 20 MB and the limit is 20 MB; split it or make it smaller"),
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
        "Skipped big.txt: it has 50 MB and the limit is 20 MB; split it or make it smaller."
    )


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    assert reason(tmp_path, "GIF89a", "logo.gif") == ".gif files are not read"


def test_a_small_file_that_unpacks_to_a_huge_text_is_not_read(tmp_path: Path) -> None:
    data = json.dumps({"text": "word\n\n" * 1_700_000}).encode()
    why = "it holds more than 10,000,000 characters of text; split it"
    assert reason(tmp_path, data, "a.json") == why


def test_pictures_make_one_line_and_each_document_has_its_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.png", "c.svg", "d.PNG", "e/f.png", "LICENSE", "old.doc"):
        write(tmp_path, name, "Fine.")
    found = [str(each) for each in read_articles(tmp_path) if not isinstance(each, Article)]
    assert found == [
        "5 .png, .svg files (1 without a suffix among them) are not read.",
        "Skipped old.doc: .doc files are not read; save it as .docx.",
    ]


def test_how_an_article_was_read_is_said(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"It costs \xa34.")
    found = [str(each) for each in read_articles(tmp_path) if not isinstance(each, Article)]
    assert found == ["a.txt: it was read as Windows-1252."]


def test_files_named_in_clippingignore_are_no_articles(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "b.txt",
        "drafts/c.txt",
        "news/drafts.txt",
        "news/old/d.txt",
        "news/e.md",
    ):
        write(tmp_path, name, "Fine.")
    write(tmp_path, ".clippingignore", "# not yet\ndrafts/\n*.md\n/b.txt\n")
    write(tmp_path, "news/.clippingignore", "old\n!*.md\n")
    assert names(tmp_path) == ["a.txt", "news/drafts.txt", "news/e.md"]


def test_a_clippingignore_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Fine.")
    write(tmp_path, ".clippingignore", b"\xff")
    assert names(tmp_path) == ["a.txt"]
    assert skipped(tmp_path) == {".clippingignore": "it is not UTF-8; save it as UTF-8"}


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
    write(tmp_path, "b.txt", b"\0")
    write(tmp_path, "c/d.md", "Fine, too.")
    found = [each for each in read_articles(tmp_path) if isinstance(each, (Article, Skipped))]
    assert [each.slug for each in found] == ["a.txt", "b.txt", "c/d.md"]
    assert [isinstance(each, Article) for each in found] == [True, False, True]


def test_hidden_files_and_sidecars_are_not_articles(tmp_path: Path) -> None:
    for name in (".git/config.txt", ".hidden.txt", "a.txt", "a.txt.json"):
        write(tmp_path, name, "{}")
    assert list_folder(tmp_path).files == (tmp_path / "a.txt",)


def test_a_folder_that_is_missing_or_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticlesError, match=r"nowhere does not exist: create it, or name another"):
        list_folder(tmp_path / "nowhere")
    with pytest.raises(ArticlesError, match=r"a\.txt is not a folder"):
        list_folder(write(tmp_path, "a.txt", "text"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    with pytest.raises(ArticlesError, match="closed cannot be read"):
        list_folder(folder)


def test_front_matter_is_in_the_text_and_not_in_the_body(tmp_path: Path) -> None:
    article = read(tmp_path, "---\ntitle: Front\n---\nBody.\n")
    assert article.title == "Front"
    assert article.text[article.body :] == "Body.\n"


def test_a_file_with_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    why = "it holds front matter and no text"
    assert reason(tmp_path, "---\ntitle: Front\n---\n\n", "a.md") == why


def test_a_date_in_the_name_of_a_file_is_used(tmp_path: Path) -> None:
    article = read(tmp_path, "The pool is open.", "2024-05-03-pool.md")
    assert str(article.published) == "2024-05-03"


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
    assert names(tmp_path) == ["a.txt", "b.txt"]


def names(folder: Path, *, follow_links: bool = False) -> list[str]:
    """The articles that are read."""
    found = read_articles(folder, follow_links=follow_links)
    return [each.slug for each in found if isinstance(each, Article)]


def skipped(folder: Path, *, follow_links: bool = False) -> dict[str, str]:
    """What is left out, and why."""
    found = read_articles(folder, follow_links=follow_links)
    return {each.slug: each.reason for each in found if isinstance(each, Skipped)}


def test_a_pipe_or_a_device_in_place_of_an_article_or_a_sidecar_is_named_at_once(
    tmp_path: Path,
) -> None:
    write(tmp_path, "a.txt", "Fine.")
    os.mkfifo(tmp_path / "a.txt.json")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "zero.md").symlink_to("/dev/zero")

    assert names(tmp_path, follow_links=True) == ["a.txt"]
    assert skipped(tmp_path, follow_links=True) == dict.fromkeys(
        ["a.txt.json", "pipe.txt", "zero.md"], "it is no regular file"
    )


def test_metadata_that_cannot_be_used_is_named_and_the_article_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "---\ndate: 0000-00-00\n---\nA body of the article.\n")
    write(tmp_path, "b.txt", "Fine.")
    write(tmp_path, "b.txt.json", '{"title": 7}')
    write(tmp_path, "c.txt", "Fine.")
    write(tmp_path, "c.txt.json", b" " * 64_001)

    assert names(tmp_path) == ["a.txt", "b.txt", "c.txt"]
    assert skipped(tmp_path) == {
        "the date of the front matter of a.txt": (
            "it is no date that can be read, such as 2024-05-31"
        ),
        "the title of b.txt.json": "it is not text",
        "c.txt.json": "it has 64 kB and the limit is 64 kB; split it or make it smaller",
    }


LINK_OUT = "it is a link out of the folder; FOLLOW_LINKS=true follows it"


def test_links_out_of_the_folder_are_named_once_and_followed_only_on_request(
    tmp_path: Path,
) -> None:
    articles = tmp_path / "articles"
    write(articles, "a.txt", "Fine.")
    write(tmp_path, "elsewhere/museum.txt", "The museum closes at five.")
    write(tmp_path, "elsewhere/pool.txt", "The pool opens at seven.")
    write(tmp_path, "elsewhere/a.json", '{"title": "Beside"}')
    (articles / "linked").symlink_to("../elsewhere")
    (articles / "single.txt").symlink_to("../elsewhere/pool.txt")
    (articles / "a.txt.json").symlink_to("../elsewhere/a.json")
    (articles / "inside.txt").symlink_to("a.txt")

    assert names(articles) == ["a.txt", "inside.txt"]
    left_out = [each for each in read_articles(articles) if isinstance(each, Skipped)]
    assert [each.slug for each in left_out] == ["a.txt.json", "linked", "single.txt"]
    assert {each.reason for each in left_out} == {LINK_OUT}

    followed = ["a.txt", "inside.txt", "linked/museum.txt", "linked/pool.txt", "single.txt"]
    assert names(articles, follow_links=True) == followed
    found = next(
        each for each in read_articles(articles, follow_links=True) if isinstance(each, Article)
    )
    assert found.title == "Beside"


def test_a_circle_of_links_and_a_link_to_nothing_end(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    write(articles, "deep/a.txt", "Fine.")
    (articles / "deep" / "up").symlink_to("..")
    (articles / "out").symlink_to("../..", target_is_directory=True)
    (articles / "one.txt").symlink_to("two.txt")
    (articles / "two.txt").symlink_to("one.txt")
    (articles / "gone.txt").symlink_to("nowhere.txt")

    assert names(articles) == ["deep/a.txt"]
    found = skipped(articles)
    assert found["deep/up"] == "it is a link to a folder that is read under its own name"
    assert found["gone.txt"] == "it leads nowhere (No such file or directory)"
    assert found["one.txt"] == found["two.txt"] != found["gone.txt"]

    inner = tmp_path / "other"
    write(inner, "b.txt", "Fine.")
    (inner / "back").symlink_to(articles)
    (articles / "out").unlink()
    (articles / "other").symlink_to(inner)
    (articles / "zoo").symlink_to(inner)
    assert names(articles, follow_links=True) == ["deep/a.txt", "zoo/b.txt"]
    assert "read already" in skipped(articles, follow_links=True)["other"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_subfolder_that_may_not_be_listed_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Fine.")
    (tmp_path / "closed").mkdir(mode=0)
    assert names(tmp_path) == ["a.txt"]
    assert skipped(tmp_path) == {"closed": "it cannot be listed (Permission denied)"}
