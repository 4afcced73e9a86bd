"""The fields that metadata may state: their names, and what of them can be used."""

from __future__ import annotations

import datetime

import pytest

from index.documents.fields import usable


@pytest.mark.parametrize(
    "name",
    [
        *("date", "published", "pubDate", "publishDate", "publish-date", "published_at"),
        *("datePublished", "Created", "PUBLISHED ON"),
    ],
)
def test_the_day_of_publication_has_many_names(name: str) -> None:
    assert usable({name: "3 May 2021"}).values == {"published": datetime.date(2021, 5, 3)}


@pytest.mark.parametrize(
    "name", ["lastmod", "updated", "modified", "last_modified", "dateModified", "Last Updated"]
)
def test_the_day_of_the_last_change_has_many_names(name: str) -> None:
    assert usable({name: "3 May 2021"}).values == {"updated": datetime.date(2021, 5, 3)}


def test_the_first_name_with_a_usable_value_wins() -> None:
    fields = usable({"created": "2020-01-01", "published": "2021-05-03", "date": "soon"})
    assert fields.values == {"published": datetime.date(2021, 5, 3)}
    assert fields.faults == (("date", "it is no date that can be read, such as 2024-05-31"),)


@pytest.mark.parametrize("value", ["true", "false", True, False, "", None, " "])
def test_a_date_that_only_says_whether_is_none_and_no_fault(value: object) -> None:
    assert usable({"published": value}) == usable({})


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("Anna Holm", "Anna Holm"),
        (["Anna Holm", "Bo\nLind"], "Anna Holm, Bo Lind"),
        ([{"name": "Anna Holm", "url": "x"}, {"Name": "Bo Lind"}, {"id": "x"}, None], None),
        ({"name": "Anna Holm"}, "Anna Holm"),
    ],
)
def test_authors_are_a_name_or_a_list_of_names(value: object, author: str | None) -> None:
    found = usable({"by": value}).values["author"]
    assert found == (author or "Anna Holm, Bo Lind")


@pytest.mark.parametrize("value", [7, ["x", 7], "x" * 301, ["x" * 200] * 2, "\ud800", [["x"]]])
def test_an_author_that_cannot_be_used_is_named(value: object) -> None:
    fields = usable({"Author": value})
    assert fields.values == {}
    assert [name for name, _ in fields.faults] == ["Author"]


def test_only_a_web_address_is_an_address_and_other_sources_are_no_fault() -> None:
    fields = usable({"url": "/a", "permalink": 7, "source": "HTTPS://x.example/a "})
    assert (fields.values, fields.faults) == ({"url": "HTTPS://x.example/a"}, ())
    for value in ("The Herald", "https://x.example/a b", "https://" + "x" * 3_000, ["x"]):
        assert usable({"source": value}) == usable({})


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("harbour,  ferry boats, harbour", ("harbour", "ferry boats")),
        (["harbour", 7, {"x": "y"}, "", "ferry\nboats", "\ud800"], ("harbour", "ferry boats")),
        ({"harbour": 1}, None),
        ("x" * 101, None),
    ],
)
def test_tags_are_a_list_or_have_commas_between_them(
    value: object, tags: tuple[str, ...] | None
) -> None:
    assert usable({"categories": value}).values.get("tags") == tags


def test_names_that_nobody_knows_are_ignored() -> None:
    assert usable({"layout": "post", "weight": 7, "": "x", "publisher": "x"}) == usable({})
