"""What a web page states about itself becomes its metadata."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from index.documents.formats.web_page_metadata import page_metadata


def stated(head: str) -> dict[str, object]:
    page = f"<html><head>{head}</head><body></body></html>"
    return page_metadata(etree.fromstring(page, etree.HTMLParser()))


def linked(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title> Chairs\n of us </title>", "title", "Chairs of us"),
        ("<title>A</title><meta property='og:title' content='B'>", "title", "B"),
        ("<title>A - Us</title><meta property='og:site_name' content='Us'>", "title", "A"),
        ("<title>Us</title><meta property='og:site_name' content='Us'>", "title", "Us"),
        (linked({"@type": "NewsArticle", "headline": "C"}), "title", "C"),
        (linked([{"@type": "Organization", "name": "D"}]), "title", None),
        (
            linked({"@graph": [{"@type": ["Article"], "datePublished": "2024-03-02T01:02"}]}),
            "published",
            "2024-03-02T01:02",
        ),
        (
            "<meta property='article:published_time' content='2024-03-02'>",
            "published",
            "2024-03-02",
        ),
        (
            "<time itemprop='datePublished' datetime='2024-03-02'>x</time>",
            "published",
            "2024-03-02",
        ),
        ("<time datetime='2024-03-02'>x</time>", "published", None),
        (linked({"@type": "Article", "dateModified": "2024-04-01"}), "updated", "2024-04-01"),
        (
            linked({"@type": "Article", "author": [{"name": "Ann"}, {"name": "Ben"}]}),
            "author",
            "Ann, Ben",
        ),
        ("<meta name='Author' content='Ann Lee'>", "author", "Ann Lee"),
        ("<meta property='article:author' content='https://x.org/ann'>", "author", None),
        ("<meta name='description' content='About chairs.'>", "description", "About chairs."),
        ("<meta name='keywords' content='chair, table'>", "tags", "chair, table"),
        ("<link rel='canonical' href='https://x.org/a'>", "url", "https://x.org/a"),
        ("<link rel='canonical' href='javascript:a'>", "url", None),
        ("<meta property='og:url' content='https://x.org/b'>", "url", "https://x.org/b"),
        ("<script type='application/ld+json'>{broken</script>", "title", None),
        (f"<script type='application/ld+json'>{'[' * 100_000}</script>", "title", None),
    ],
)
def test_a_field_is_found(head: str, field: str, value: str | None) -> None:
    assert stated(head).get(field) == value
