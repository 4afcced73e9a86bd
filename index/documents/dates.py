"""Where the date of an article comes from.

The sidecar's or the front matter's field `published` or `date` is used first (`as_date`). Without a
usable field it is a line below the headline that consists of a date (`find_date`). A date
inside a sentence is never used, nor is the day on which the file was changed.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from index.documents.boilerplate import is_boilerplate
from index.documents.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS) + "|sept\\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DATE = (
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})"
    r"|(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2}))"
)
_DATE_LINE = re.compile(rf"^{_WEEKDAY}{_DATE}\W*$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:published|posted|updated|date)\b(?:\s+on)?\s*:?\s*", re.IGNORECASE)
# A run of signs is looked at from its beginning alone, or a long run would be looked at again and
# again.
_TIME = re.compile(r"(?<![T,\s])[T,\s]+(?:at\s+)?\d{1,2}[:.]\d{2}.*$")
_BYLINE = re.compile(r"(?<!\s)\s+by\b.*$", re.IGNORECASE)


# No line with a date is longer: it is as much as a sentence has at most.
_MAX_DATE_LINE_CHARS = 600


def as_date(value: object) -> datetime.date | None:
    """Returns the day that a field of front matter or of a sidecar names, or None."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return parse_date_line(value) if isinstance(value, str) else None


def find_date(lines: Iterable[str]) -> datetime.date | None:
    """Returns the first date among the lines below a headline, or None.

    The search ends at the first line of prose. Lines above the headline must not be given: a date
    there is the page's own, usually the day on which somebody looked at it.
    """
    for line in lines:
        day = parse_date_line(line)
        if day is not None:
            return day
        if is_prose(line) and not is_boilerplate(line):
            return None
    return None


def parse_date_line(line: str) -> datetime.date | None:
    """Returns the date that a line consists of, or None if the line holds anything else.

    "June 14, 2024 by A. Writer" and "Published: 3 May 2021" are date lines. Of the dates in digits
    only year-month-day is read: 04/05/2024 is two different days in two countries.
    """
    if len(line) > _MAX_DATE_LINE_CHARS:
        return None
    line = _TIME.sub("", _BYLINE.sub("", _LABEL.sub("", line.strip())))
    found = _DATE_LINE.match(line)
    if found is None:
        return None
    parts = found.groupdict()
    month = parts["month"] or parts["month2"]
    number = _month_number(month) if month else int(parts["month3"])
    year = parts["year"] or parts["year2"] or parts["year3"]
    day = parts["day"] or parts["day2"] or parts["day3"]
    try:
        return datetime.date(int(year), number, int(day))
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return 1 + next(
        number for number, month in enumerate(MONTHS) if month.startswith(name.lower()[:3])
    )
