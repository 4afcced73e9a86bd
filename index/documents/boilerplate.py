"""Boilerplate: the lines that a web page prints around its article."""

from __future__ import annotations

import re

# What content systems print around an article. A line that is one of these phrases, or that starts
# with one that ends in a colon, is boilerplate whatever the article is about.
_BOILERPLATE = re.compile(
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
    r"^(?:read (?:more|also|next)|see also|related(?: \w+)?)\s*(?::\s*)?$", re.IGNORECASE
)


def is_boilerplate(line: str) -> bool:
    """Returns whether a line is a phrase of a web page, a picture's credit, or has no word."""
    line = line.strip()
    return bool(_BOILERPLATE.match(line) or _CREDIT.match(line) or not re.search(r"\w", line))


def is_credit(line: str) -> bool:
    """Returns whether a line names who took a picture: "Jo Doe/Reuters", "Photo: Jo Doe"."""
    return bool(_CREDIT.match(line.strip()))


def opens_a_listing(line: str) -> bool:
    """Returns whether the bullets that follow this line are links to other articles."""
    return bool(_LISTING.match(line.strip()))
