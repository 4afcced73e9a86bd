"""Where the date of an article comes from."""

from __future__ import annotations

import datetime

import pytest

from index.documents.dates import as_date, date_in_name, find_date, parse_date_line


def test_the_first_date_line_below_the_headline_is_the_articles_date() -> None:
    lines = ["By A. Writer", "Share this", "June 14, 2024", "June 15, 2024"]
    assert find_date(lines) == datetime.date(2024, 6, 14)


def test_a_date_below_prose_is_not_the_articles() -> None:
    assert find_date(["On May 15, 2024 it rained.", "May 16, 2024"]) is None
    assert find_date(["word " * 41, "May 16, 2024"]) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (datetime.date(2024, 6, 14), "2024-06-14"),
        (datetime.datetime(2024, 6, 14, 23, 59, tzinfo=datetime.UTC), "2024-06-14"),
        ("3 May 2021", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("soon", None),
        (20240614, None),
        (None, None),
    ],
)
def test_a_field_of_metadata_names_a_day(value: object, day: str | None) -> None:
    found = as_date(value)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("June 14, 2024 by No Comments", "2024-06-14"),
        ("Published: 3 May 2021", "2021-05-03"),
        ("Tue, Sept. 3rd, 2019", "2019-09-03"),
        ("2020-02-29T10:00:00Z", "2020-02-29"),
        ("2021-05-03T10:00:00+02:00", "2021-05-03"),
        ("Mon, 03 May 2021 10:00:00 +0200", "2021-05-03"),
        ("May 3rd, 2021", "2021-05-03"),
        ("May 3, 2021 at 10am", "2021-05-03"),
        ("3-May-2021", "2021-05-03"),
        ("2021/05/03", "2021-05-03"),
        ("2021.5.3", "2021-05-03"),
        ("03.05.2021", "2021-05-03"),
        ("Montag, den 3. Mai 2021, 10 Uhr", "2021-05-03"),
        ("1. März 2021 von Anna Holm", "2021-03-01"),
        ("**Published:** 3 May 2021", "2021-05-03"),
        ("*Last updated on 3 May 2021*", "2021-05-03"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("04/04/2024", "2024-04-04"),
        ("04/05/2024", None),
        ("04-05-2024", None),
        ("2021-02-29", None),
        ("2023-13-45", None),
        ("0000-00-00 00:00:00", None),
        ("30.02.2021", None),
        ("20210503", None),
        ("1620036000", None),
        ("May 2021", None),
        ("On May 15, 2024 it rained", None),
        ("May 15, 2024 was wet", None),
        ("May", None),
    ],
)
def test_a_date_line_is_a_date_and_nothing_else(line: str, day: str | None) -> None:
    found = parse_date_line(line)
    assert (found and found.isoformat()) == day


def test_the_date_of_a_change_is_kept_apart() -> None:
    lines = ["Updated: 5 May 2021", "Posted on 3 May 2021"]
    assert find_date(lines) == datetime.date(2021, 5, 3)
    assert find_date(lines, updated=True) == datetime.date(2021, 5, 5)
    assert find_date(lines[:1]) is None


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("_posts/2024-05-03-night-boat.md", "2024-05-03"),
        ("2024-05-03_night.md", "2024-05-03"),
        ("2024-05-03 night boat.txt", "2024-05-03"),
        ("2024-05-03.md", "2024-05-03"),
        ("minutes-20240503.txt", "2024-05-03"),
        ("2024-13-03-night.md", None),
        ("12024-05-03.md", None),
        ("part-2024-05-03-04.md", None),
        ("order-20240503117.md", None),
        ("2024-05-03/night.md", None),
    ],
)
def test_the_name_of_a_file_begins_or_ends_with_a_date(slug: str, day: str | None) -> None:
    found = date_in_name(slug)
    assert (found and found.isoformat()) == day
