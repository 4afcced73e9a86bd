"""How people ask about the articles themselves, in English and in German."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.questions import read_part

if TYPE_CHECKING:
    from collections.abc import Mapping


class AboutKind(StrEnum):
    """What is asked about an article."""

    AUTHOR = "author"
    PUBLISHED = "published"
    UPDATED = "updated"
    ARTICLES = "articles"  # which articles there are on a subject


_NOUN = (
    r"(?:articles?|pages?|posts?|stor(?:y|ies)|documents?|texts?|notes?|reports?|guides?|files?"
    r"|artikeln?|artikels|seiten?|beitr(?:ag|ags|äge|ägen)|dokument(?:e|en|s)?|texten?)"
)
_ON = r"(?:on|about|regarding|concerning|zu|zum|zur|über|von)"
_WORDINGS: Mapping[AboutKind, tuple[str, ...]] = {
    AboutKind.AUTHOR: (
        r"who (?:wrote|has written|authored|penned|drafted) (?P<title>.+)",
        r"who(?: is|'s| are| was| were) the (?:author|writer)s? (?:of|behind) (?P<title>.+)",
        r"(?:who|by whom) (?:was|were|is) (?P<title>.+?) (?:written|authored)(?: by)?",
        r"wer hat (?P<title>.+) (?:geschrieben|verfasst)",
        r"wer schrieb (?P<title>.+)",
        r"wer (?:ist|sind|war|waren) (?:der |die )?(?:autor(?:in|en)?|verfasser(?:in)?)"
        r" (?:von|vom|des|der) (?P<title>.+)",
        r"von wem (?:ist|sind|stammt|wurde) (?P<title>.+?)(?: geschrieben| verfasst)?",
    ),
    AboutKind.PUBLISHED: (
        r"(?:when|what (?:day|year)|on (?:what|which) (?:day|date)) (?:was|were) (?P<title>.+?)"
        r" (?:first )?(?:published|posted|written|issued)",
        r"when did (?P<title>.+) (?:appear|come out)",
        r"what is the (?:publication |publishing )?date of (?P<title>.+)",
        r"wann (?:wurden?|ist|war) (?P<title>.+)"
        r" (?:veröffentlicht|publiziert|erschienen|geschrieben|verfasst)(?: worden)?",
        r"(?:wann erschien|von wann (?:ist|stammt)) (?P<title>.+)",
    ),
    AboutKind.UPDATED: (
        r"when (?:was|were) (?P<title>.+?) (?:last |most recently )?"
        r"(?:updated|modified|changed|edited|revised)(?: last)?",
        r"when did (?P<title>.+) last change",
        r"wann (?:wurden?|ist|war) (?P<title>.+?) (?:zuletzt )?"
        r"(?:aktualisiert|geändert|überarbeitet|bearbeitet)(?: worden)?",
    ),
    AboutKind.ARTICLES: (
        rf"(?:what|(?:what|which) {_NOUN}) (?:do (?:you|we) have|have you got|(?:are|is) there)"
        rf" {_ON} (?P<title>.+)",
        r"(?:do (?:you|we) have|have you got|is there|are there)"
        rf" (?:anything|something|(?:any |an? )?{_NOUN}) {_ON} (?P<title>.+)",
        rf"(?:show|list|find|give)(?: me| us)? (?:all |any |the )*{_NOUN} {_ON} (?P<title>.+)",
        rf"(?:was|welche {_NOUN}) (?:hast du|habt ihr|haben sie|haben wir|gibt es)"
        rf" (?:alles )?{_ON} (?P<title>.+)",
        r"(?:gibt es|hast du|habt ihr|haben sie|haben wir)"
        rf" (?:etwas|was|(?:einen |ein |eine )?{_NOUN}) {_ON} (?P<title>.+)",
    ),
}
_PATTERNS = tuple(
    (kind, re.compile(wording, re.IGNORECASE))
    for kind, wordings in _WORDINGS.items()
    for wording in wordings
)
# With one of these words a text speaks of what is asked.
_SPEAKING = {
    AboutKind.AUTHOR: r"wr[io]t\w*|author\w*|penned|draft\w*|geschrieben|schrieb\w*|verfass\w*"
    r"|autor\w*",
    AboutKind.PUBLISHED: r"publi\w*|posted|issued|appeared|came out|written|wrote|veröffentlich\w*"
    r"|erschien\w*|geschrieben|verfasst",
    AboutKind.UPDATED: r"updat\w*|chang\w*|modif\w*|revis\w*|edit\w*|aktualisier\w*|geändert"
    r"|überarbeitet",
    AboutKind.ARTICLES: r"\w+",
}
_SPEAKING_PATTERNS = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _SPEAKING.items()
}
# What may stand before the title of an article that is asked about.
_LEAD = re.compile(
    rf"(?:(?:the|this|that|your|der|die|das|den|dem|des|diese[rns]?) )?(?:{_NOUN} )?"
    rf"(?:(?:called|titled|named|namens|{_ON}) )?"
    r"(?:(?:the|an?|der|die|das|den|dem) )?",
    re.IGNORECASE,
)
_NOUN_AT_END = re.compile(rf" {_NOUN}$", re.IGNORECASE)
_ENDS = " \t?!.,;:\"'“”„«»‘’"


def asked_about(question: str) -> tuple[AboutKind | None, str]:
    """Returns what is asked about an article, and the words that name the article."""
    text = read_part(question).strip(_ENDS)
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found is not None:
            named = found["title"]
            lead = _LEAD.match(named)
            named = named[lead.end() :] if lead else named
            return kind, _NOUN_AT_END.sub("", named.strip(_ENDS))
    return None, ""


def speaks_of(kind: AboutKind, text: str) -> bool:
    """Returns whether a text could say itself what is asked: it speaks of writing, or of change."""
    return _SPEAKING_PATTERNS[kind].search(text) is not None
