"""Cutting text into words, in the same way for articles and for questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import Stemmer

from index.passages.folding import as_read, folded_word

if TYPE_CHECKING:
    from collections.abc import Iterator

# A Chinese, Japanese or Thai character is a word of its own, because those scripts put no space
# between words.
_SIGNS = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_RUN = rf"[^\W_{_SIGNS}]"
_LETTER = rf"[^\W\d_{_SIGNS}]"
_DOTTED = rf"\b(?:{_LETTER}\.){{2,}}{_RUN}*"
# What follows the numbers of a version that is not released yet, or is one build of several.
_BEFORE_RELEASE = (
    r"(?:-(?:alpha|beta|rc|pre|preview|dev|snapshot|nightly|canary|next)(?:[.-]?\d+)*(?!\w))?"
    r"(?:\+[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?"
)
_VERSION = rf"(?<![\w.])(?<!\d,)v?\d+(?:\.\d+)+{_RUN}*{_BEFORE_RELEASE}"
_LINE_END = r"[-‐][ \t]*\r?\n[ \t]*"
_WORD = re.compile(
    rf"(?P<sign>[{_SIGNS}])|(?P<dotted>{_DOTTED})|(?P<version>{_VERSION})"
    rf"|(?P<broken>{_LETTER}+(?:{_LINE_END}{_LETTER}+)+(?!\w))"
    rf"|(?P<joined>{_RUN}+(?:_+{_RUN}+)+)|(?P<run>{_RUN}+)",
    re.IGNORECASE,
)
# As people write words: "check-in", "1,000" and "U.S." are one word each.
_WRITTEN = re.compile(
    rf"{_DOTTED}\.?|{_VERSION}|\w+(?:(?:[-‐]|(?<=\d)[.,](?=\d))\w+)*", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’](?:s\b|(?=\W|$))", re.IGNORECASE)
_PIECES = re.compile(rf"{_RUN}+")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
# Names have capitals inside as well ("McDonald"), so a word that begins with a capital is only cut
# into longer parts ("HttpServer").
_SHORTEST_HUMP, _SHORTEST_HUMP_OF_NAME = 2, 3

# Words that say how a question is asked or how words are joined, not what a text is about.
STOP_WORDS = frozenset(
    """a about after all also although am an and any are as at be because been before being between
    both but by can could did do does doing don down during each few for from further had has have
    having he her here hers him his how i if in into is it its itself just me more most my no nor
    not now of off on once only or other our out over own s same shall she should so some such t
    than that the their them then there these they this those through to too under until up upon
    very was we were what when where which while who whom whose why will with would you your
    yours""".split()
)

_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        typed: As it is written, with its capitals and accents.
        whole: What it is compared by, in lower case and without accents.
        parts: The words that it is made of: "max_retries" and "maxRetries" of two words, "1.0" of
            two numbers. Empty for most words.
        is_version: It is a number with dots. Its parts do not say what it says.
    """

    typed: str
    whole: str
    parts: tuple[str, ...] = ()
    is_version: bool = False


def typed_words(text: str) -> Iterator[Word]:
    """Yields the words of a text in order, as they are written and as they are compared.

    A possessive 's is dropped, and "U.S." is read as "us". A word that is cut by a hyphen at the
    end of a line is one word of two parts, since nobody knows whether the hyphen belongs to it.
    """
    for found in _WORD.finditer(_POSSESSIVE.sub(" ", as_read(text))):
        yield _word(found)


def plain_words(text: str) -> list[str]:
    """Returns the words of a text in lower case and without accents, in order.

    A word that has parts is followed by them. Stop words are kept.
    """
    return [form for word in typed_words(text) for form in (word.whole, *word.parts)]


def written_words(text: str) -> list[str]:
    """Returns the words of a text as people write them: "check-in" and "1,000" are one each."""
    return _WRITTEN.findall(_POSSESSIVE.sub(" ", as_read(text)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Returns the stem (Porter 2, English) of a lower-case word: "plans" and "planned" share it."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


def words(text: str) -> list[str]:
    """Returns the stems of a text's words without stop words, in order, with repeats."""
    return [stem(word) for word in plain_words(text) if word not in STOP_WORDS]


def _word(found: re.Match[str]) -> Word:
    """Returns the word that was found, by its kind."""
    typed = found.group()
    match found.lastgroup:
        case "dotted":
            return Word(typed, folded_word(typed.replace(".", "")))
        case "version":
            number = folded_word(typed)
            return Word(typed, number.removeprefix("v"), tuple(_PIECES.findall(number)), True)
        case "broken":
            pieces = _PIECES.findall(typed)
            joined = "".join(pieces)
            return Word(joined, folded_word(joined), tuple(map(folded_word, pieces)))
        case "joined":
            forms = (form for piece in _PIECES.findall(typed) for form in _forms(piece))
            return Word(typed, folded_word(typed), tuple(forms))
    return Word(typed, folded_word(typed), _humps(typed))


def _forms(run: str) -> tuple[str, ...]:
    return (folded_word(run), *_humps(run))


def _humps(run: str) -> tuple[str, ...]:
    """Returns the words that capitals inside a word begin: "camel" and "case" of "camelCase"."""
    if not run.isascii() or run[0].isdigit() or not _CAMEL.search(run):
        return ()
    humps = _HUMPS.findall(run)
    shortest = _SHORTEST_HUMP_OF_NAME if run[0].isupper() else _SHORTEST_HUMP
    if len(humps) < 2 or any(len(hump) < shortest for hump in humps):
        return ()
    return tuple(hump.lower() for hump in humps)
