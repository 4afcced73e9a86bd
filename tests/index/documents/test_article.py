"""An article and its fields."""

from __future__ import annotations

import datetime
import json
from dataclasses import fields, replace
from typing import Any

from index.documents.article import Article
from index.documents.structure import Block, BlockKind, Structure

FULL = Article(
    slug="a/b.txt",
    title="Title",
    text="Naïve 😀 text.",
    published=datetime.date(2024, 6, 14),
    url="https://x.example/a",
    digest="d1",
    body=3,
    author="Anna Holm",
    updated=datetime.date(2024, 7, 1),
    tags=("harbour", "ferry"),
    description="A night boat.",
    structure=Structure((Block(BlockKind.PARAGRAPH, 0, 13),)),
    extractor="pages 1.2",
)
BARE = Article("a.txt", None, "Naïve 😀 text.")


def test_every_field_but_the_text_and_its_structure_is_stored_and_comes_back() -> None:
    for article in (FULL, replace(FULL, title=None, published=None, url=None), BARE):
        stored = json.loads(json.dumps(article.stored_fields()))
        again = Article.from_stored(article.text, stored, article.structure)
        assert not {"text", "structure"} & stored.keys()
        for each in fields(Article):
            assert getattr(again, each.name) == getattr(article, each.name)


def test_a_field_that_was_not_stored_has_its_default() -> None:
    assert Article.from_stored("text", {"slug": "a.txt", "title": None}).url is None


def test_the_version_of_a_library_depends_on_every_field_but_the_text_that_the_digest_names() -> (
    None
):
    other = {
        "slug": "other.txt",
        "title": "Other",
        "published": datetime.date(2020, 1, 1),
        "url": "https://x.example/other",
        "digest": "d2",
        "body": 4,
        "author": "Bo Lind",
        "updated": datetime.date(2020, 1, 2),
        "tags": ("harbour",),
        "description": "A day boat.",
        "extractor": "pages 1.3",
    }
    fixed = {"text", "structure"}
    assert set(other) | fixed == {each.name for each in fields(Article)}
    for name, value in other.items():
        changes: dict[str, Any] = {name: value}
        assert replace(FULL, **changes).version_key() != FULL.version_key()


def test_an_articles_text_does_not_show_in_its_representation() -> None:
    assert "Naïve" not in repr(FULL)


def test_an_article_without_a_title_is_called_by_its_path() -> None:
    assert FULL.name == "Title"
    assert replace(FULL, title=None).name == "a/b.txt"
