"""A quoted article is compared with its file, whatever the file's size and time say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.cli.current import CurrentAnswerer
from config.errors import ArticlesError
from index.library.build import build_library, current_library
from retrieval.answerer import Answerer
from tests.fakes import PhraseReader, WordEncoder, simple_models

if TYPE_CHECKING:
    from pathlib import Path

    from index.library.library import Library

OLD, NEW = "The bridge opened in May 1998.", "The bridge opened in May 1999."


def answerer_in(folder: Path) -> tuple[CurrentAnswerer, list[str]]:
    """Returns an answerer over the articles of a folder, and the versions it made again."""
    made: list[str] = []
    places = folder / "articles", folder / "library", WordEncoder()

    def over(library: Library) -> Answerer:
        reader = PhraseReader({"May 1998": 3.0, "May 1999": 3.0})
        return Answerer(library, simple_models(reader, margin=1.0))

    def make_again() -> Answerer:
        library = build_library(*places)
        made.append(library.version)
        return over(library)

    return CurrentAnswerer(places[0], over(current_library(*places)), make_again), made


def write(folder: Path, text: str) -> None:
    """Writes the article, always with the same time."""
    path = folder / "articles" / "bridge.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(10**18, 10**18))


def test_a_change_that_keeps_size_and_time_is_seen_when_its_article_is_quoted(
    tmp_path: Path,
) -> None:
    write(tmp_path, OLD)
    answerer, made = answerer_in(tmp_path)
    assert answerer("When did the bridge open?").findings[0].quote.text == OLD
    assert made == []

    write(tmp_path, NEW)
    assert answerer("When did the bridge open?").findings[0].quote.text == NEW
    assert answerer("When did the bridge open?").findings[0].quote.text == NEW
    assert made == [answerer.library.version]


def test_an_article_that_is_gone_is_not_quoted(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    answerer, _ = answerer_in(tmp_path)
    (tmp_path / "articles" / "bridge.txt").rename(tmp_path / "articles" / "tunnel.txt")
    found = answerer("When did the bridge open?").findings[0].quote
    assert found.article.slug == "tunnel.txt"


def test_where_no_article_is_left_that_is_said_and_nothing_is_quoted(tmp_path: Path) -> None:
    write(tmp_path, OLD)
    answerer, _ = answerer_in(tmp_path)
    (tmp_path / "articles" / "bridge.txt").unlink()
    with pytest.raises(ArticlesError):
        answerer("When did the bridge open?")


def test_a_change_of_an_article_whose_record_is_shown_is_seen(tmp_path: Path) -> None:
    head = "---\ntitle: Town bridge\nauthor: {}\n---\n"
    write(tmp_path, head.format("Anna Holm") + "It leaks.")
    answerer, made = answerer_in(tmp_path)
    assert answerer("Who wrote Town bridge?").about is not None
    assert made == []

    write(tmp_path, head.format("Otto Lin") + "It leaks!")
    about = answerer("Who wrote Town bridge?").about
    assert about is not None
    assert [article.author for article in about.articles] == ["Otto Lin"]
