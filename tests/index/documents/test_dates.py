"""Where the date of an article comes from."""

from __future__ import annotations

import datetime

import pytest

from index.documents.dates import as_date, find_date, parse_date_line


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
