"""What a line of a web page is: prose, a headline, a date line, or furniture around the article."""

from __future__ import annotations

import datetime
import re

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
_STAMP = re.compile(rf"^{_WEEKDAY}{_DATE}\W*$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:published|posted|updated|date)\b(?:\s+on)?\s*:?\s*", re.IGNORECASE)
_TIME = re.compile(r"[T,\s]+(?:at\s+)?\d{1,2}[:.]\d{2}.*$")
_BYLINE = re.compile(r"\s+by\b.*$", re.IGNORECASE)

# What content systems print around an article. A line that is one of these, or starts with one
# that ends in a colon, is furniture whatever it is about.
_FURNITURE = re.compile(
    r"^(?:leave a (?:reply|comment)|(?:no|\d+) comments?|published on|posted (?:on|by|in)|must read"
    r"|latest (?:news|articles?|posts?)|read (?:more|also|next)"
    r"|related (?:articles?|posts?|stories)"
    r"|see also|you may also like|recommended|trending|most (?:read|popular)|exit mobile version"
    r"|(?:share|follow|like|print|email|tweet)(?: (?:this|us|on).*)?|subscribe.*|sign up.*|log ?in"
    r"|advertisements?|sponsored.*|(?:skip to|back to|table of) .*"
    r"|(?:previous|next) (?:post|article)"
    r"|tags?|categor(?:y|ies)|source|all rights reserved.*|copyright .*|©.*|cookie.*"
    r"|your email address will not be published.*|required fields are marked.*"
    r"|save my name.*|related article:.*|read (?:more|also|next):.*|see also:.*)\W*$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:(?:photo|image|picture|credit|photograph)s?(?: (?:by|credit|courtesy).*)?[:/].*"
    r"|[^.!?:]{1,60}/[^.!?:]{0,40}\b(?:getty|afp|reuters|ap|epa|shutterstock|alamy|images?)\b[^.!?]*)$",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"^(?:read (?:more|also|next)|see also|related(?: \w+)?)\s*:?\s*$", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
_ENDS_A_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*$")

MAX_HEADLINE_CHARS = 200


def is_furniture(line: str) -> bool:
    """Whether a line is something that a web page prints around its article."""
    line = line.strip()
    return bool(_FURNITURE.match(line) or _CREDIT.match(line) or not re.search(r"\w", line))


def is_credit(line: str) -> bool:
    """Whether a line names who took a picture: "Jo Doe/Reuters", "Photo: Jo Doe"."""
    return bool(_CREDIT.match(line.strip()))


def opens_a_listing(line: str) -> bool:
    """Whether the bullets that follow this line are links to other articles."""
    return bool(_LISTING.match(line.strip()))


def is_bullet(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(line))


def ends_a_sentence(line: str) -> bool:
    """Whether a line closes with the punctuation that prose closes with."""
    return bool(_ENDS_A_SENTENCE.search(line.strip()))


def is_headline(line: str) -> bool:
    """Whether a line could be the article's title: several words, and no full stop at the end."""
    line = line.strip()
    return (
        len(line.split()) >= 4
        and len(line) <= MAX_HEADLINE_CHARS
        and not _ENDS_A_SENTENCE.search(line.rstrip("!?"))
        and not is_furniture(line)
        and not is_bullet(line)
        and date_of(line) is None
    )


def date_of(line: str) -> datetime.date | None:
    """The date a line consists of, or None: "June 14, 2024 by A. Writer", "Published: 3 May 2021".

    A date that stands inside a sentence is not the line's date. All-digit dates other than
    year-month-day are left alone: 04/05/2024 is two different days in two countries.
    """
    line = _TIME.sub("", _BYLINE.sub("", _LABEL.sub("", line.strip())))
    found = _STAMP.match(line)
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
