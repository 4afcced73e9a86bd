"""From files to articles: what is read, what is left out and why, titles and dates."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ArticlesError
from index.documents.article import Article
from index.documents.dates import parse_date_line
from index.documents.folder import Skipped, article_files, read_article, read_articles

SEEDS = Path(__file__).parents[3] / "seeds"


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


@pytest.mark.parametrize(
    ("number", "title", "published"),
    [
        (
            "000",
            "NATO Reaches Agreement on New Security and Training Plan for Ukraine",
            "2024-06-14",
        ),
        ("001", "NATO Defense Ministers Discuss Ukraine’s Security Aid And Training Plan", None),
        ("002", "NATO agrees plan for Ukraine Security Assistance", None),
        ("003", None, None),
        ("004", None, None),
    ],
)
def test_the_seeds_have_the_titles_and_dates_that_a_reader_sees(
    number: str, title: str | None, published: str | None
) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    article = read_article(SEEDS, path)
    assert isinstance(article, Article)
    assert article.title == title
    assert (article.published and article.published.isoformat()) == published


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
def test_a_file_that_is_no_article_says_why(tmp_path: Path, content: bytes, why: str) -> None:
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


def test_a_file_whose_name_is_no_text_is_left_out(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    skipped = read_article(tmp_path, write(tmp_path, name, "Fine."))
    assert str(skipped) == "Skipped caf\ufffd.txt: its name is not UTF-8; rename it."


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "Fine.")
    write(tmp_path, "b.txt", b"\xff")
    write(tmp_path, "c/d.md", "Fine, too.")
    read_ones = list(read_articles(tmp_path))
    assert [each.slug for each in read_ones] == ["a.txt", "b.txt", "c/d.md"]
    assert [isinstance(each, Article) for each in read_ones] == [True, False, True]


def test_hidden_files_and_sidecars_are_no_articles(tmp_path: Path) -> None:
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


def test_front_matter_gives_title_date_and_address_and_is_not_indexed(tmp_path: Path) -> None:
    text = '---\ntitle: "From the desk"\ndate: 2023-04-05\nurl: https://x.example/a\n---\nBody.\n'
    article = read(tmp_path, text)
    assert article.title == "From the desk"
    assert article.published == datetime.date(2023, 4, 5)
    assert article.url == "https://x.example/a"
    assert article.text[article.body :] == "Body.\n"


def test_front_matter_that_is_broken_is_text(tmp_path: Path) -> None:
    article = read(tmp_path, "---\n: [\n---\nBody of the article.\n")
    assert article.body == 0
    assert article.title is None


def test_a_sidecar_wins_over_what_the_text_says(tmp_path: Path) -> None:
    write(tmp_path, "a.txt.json", json.dumps({"title": "Real\n title", "published": "3 May 2021"}))
    article = read(tmp_path, "---\ntitle: Front\n---\nA headline of some words\n\nJune 14, 2024\n")
    assert article.title == "Real title"
    assert article.published == datetime.date(2021, 5, 3)


@pytest.mark.parametrize("sidecar", ["not json", "[]", '{"title": 7, "published": "soon"}'])
def test_a_sidecar_that_cannot_be_used_counts_as_none(tmp_path: Path, sidecar: str) -> None:
    write(tmp_path, "a.txt.json", sidecar)
    article = read(tmp_path, "A headline of some words\n\nJune 14, 2024\n\nBody.")
    assert article.title == "A headline of some words"
    assert article.published == datetime.date(2024, 6, 14)


def test_a_date_above_the_title_is_the_pages_own(tmp_path: Path) -> None:
    text = "Tuesday, November 19, 2024\n\nA headline of some words\n\nThe prose begins here.\n"
    assert read(tmp_path, text).published is None


def test_a_date_inside_a_sentence_is_not_the_articles(tmp_path: Path) -> None:
    text = "A headline of some words\n\nOn May 15, 2024 it rained.\n\nMay 16, 2024\n"
    assert read(tmp_path, text).published is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("June 14, 2024 by No Comments", "2024-06-14"),
        ("Published: 3 May 2021", "2021-05-03"),
        ("Tue, Sept. 3rd, 2019", "2019-09-03"),
        ("2020-02-29T10:00:00Z", "2020-02-29"),
        ("2021-02-29", None),
        ("04/05/2024", None),
        ("On May 15, 2024 it rained", None),
        ("May 15, 2024 was wet", None),
        ("May", None),
    ],
)
def test_a_date_line_is_a_date_and_nothing_else(line: str, day: str | None) -> None:
    found = parse_date_line(line)
    assert (found and found.isoformat()) == day
