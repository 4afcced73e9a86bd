"""Where the dates of an article come from.

A field of the sidecar or of the front matter is used first (`as_date`). Without a usable field it
is a line below the headline that consists of a date (`find_date`), then the name of the file
(`date_in_name`). A date inside a sentence is never used, nor is the day on which the file was
changed.
"""

from __future__ import annotations

import datetime
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.documents.boilerplate import is_boilerplate
from index.documents.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = (
    "january february march april may june july august september october november december"
).split()
_GERMAN_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember"
).split()
# Each name of a month, and its number. A name is shortened to three letters at least.
_MONTH_NUMBERS = {
    name[:length]: number
    for names in (_GERMAN_MONTHS, MONTHS)
    for number, name in enumerate(names, start=1)
    for length in {3, len(name)}
} | {"sept": 9, "jänner": 1, "maerz": 3}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)\.?,?\s+)?(?:den\s+)?"
)
_FORMS = tuple(
    re.compile(rf"{_WEEKDAY}{form}\W*", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th|\.)?(?:\s+(?:of\s+)?|-){_MONTH}(?:,?\s+|-){_YEAR}",
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign){_DAY}",
        rf"{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        # Of two numbers with a slash the one above 12 is the day; else nobody knows.
        rf"{_DAY}(?P<sign>[-/])(?P<month>0?\d|1[0-2])(?P=sign){_YEAR}",
        rf"(?P<month>0?\d|1[0-2])(?P<sign>[-/]){_DAY}(?P=sign){_YEAR}",
    )
)
_CHANGED = (
    r"(?:last\s+|zuletzt\s+)?"
    r"(?:updated?|modified|changed|revised|edited|aktualisiert|geändert|stand)"
)
_CHANGE_LABEL = re.compile(rf"{_CHANGED}\b", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:{_CHANGED}|published|posted|written|created|date|veröffentlicht|erschienen|datum)\b"
    r"(?:\s+(?:on|am))?\s*:?\s*",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"[*_]+")
# A run of signs is looked at from its beginning alone, or a long run would be looked at again and
# again.
_TIME = re.compile(
    r"(?<![T,\s])[T,\s]+(?:at\s+|um\s+)?\d{1,2}(?:[:.]\d{2}(?!\.?\d)|\s?[ap]\.?m\b|\s?uhr\b).*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?<!\s)\s+(?:by|von)\b.*$", re.IGNORECASE)
# A date that a file's name begins or ends with.
_COMPACT = r"(?:19|20)\d{6}"
_DATE_IN_NAME = re.compile(
    rf"(?P<first>\d{{4}}-\d\d-\d\d|{_COMPACT})(?![\w]|-\d).*|.*(?<![\w])(?P<last>\d{{4}}-\d\d-\d\d|{_COMPACT})",
    re.DOTALL,
)
# No line with a date is longer: it is as much as a sentence has at most.
_MAX_DATE_LINE_CHARS = 600


def as_date(value: object) -> datetime.date | None:
    """Returns the day that a field of front matter or of a sidecar names, or None."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    return parse_date_line(value) or _compact_date(value.strip())


def find_date(lines: Iterable[str], *, updated: bool = False) -> datetime.date | None:
    """Returns the first date among the lines below a headline, or None.

    The search ends at the first line of prose. Lines above the headline must not be given: a date
    there is the page's own, usually the day on which somebody looked at it.

    Args:
        lines: The lines below the headline.
        updated: Whether to look for a date that is labelled as that of the last change. Such a date
            is passed over otherwise.
    """
    for line in lines:
        day = parse_date_line(line)
        if day is not None and _is_of_a_change(line) is updated:
            return day
        if day is None and is_prose(line) and not is_boilerplate(line):
            return None
    return None


def parse_date_line(line: str) -> datetime.date | None:
    """Returns the date that a line consists of, or None if the line holds anything else.

    "June 14, 2024 by A. Writer" and "Published: 3 May 2021" are date lines. 04/05/2024 is not read:
    it is two different days in two countries.
    """
    if len(line) > _MAX_DATE_LINE_CHARS:
        return None
    line = _EMPHASIS.sub("", line).strip()
    label = _LABEL.match(line)
    line = _TIME.sub("", _BYLINE.sub("", line[label.end() if label else 0 :]))
    return _only_date(found.groupdict() for form in _FORMS if (found := form.fullmatch(line)))


def date_in_name(slug: str) -> datetime.date | None:
    """Returns the date that the name of a file begins or ends with, or None.

    "2024-05-03-bridge.md" and "minutes_20240503.txt" have a date.
    """
    found = _DATE_IN_NAME.fullmatch(PurePosixPath(slug).stem.replace("_", " "))
    if found is None:
        return None
    return _compact_date((found["first"] or found["last"]).replace("-", ""))


def _is_of_a_change(line: str) -> bool:
    return _CHANGE_LABEL.match(_EMPHASIS.sub("", line).strip()) is not None


def _compact_date(text: str) -> datetime.date | None:
    if not re.fullmatch(_COMPACT, text):
        return None
    return _day(int(text[:4]), int(text[4:6]), int(text[6:]))


def _only_date(readings: Iterable[dict[str, str]]) -> datetime.date | None:
    """Returns the date of a line, or None if its readings are none or different dates."""
    days = set()
    for parts in readings:
        month = parts["month"].lower()
        number = int(month) if month.isdigit() else _MONTH_NUMBERS[month]
        days.add(_day(int(parts["year"]), number, int(parts["day"])))
    known = days - {None}
    return known.pop() if len(known) == 1 else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
