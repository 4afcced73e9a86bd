"""Cutting text into words, in the same way for articles and for questions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

# Runs of letters and digits; a Chinese, Japanese or Thai character is a word of its own, because
# those scripts put no space between words.
_WORD = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"['’](?:s\b|(?=\W|$))", re.IGNORECASE)

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


def plain_words(text: str) -> list[str]:
    """Returns the words of a text in lower case, as they are written, in order.

    Width and ligature variants are folded (NFKC), "U.S." is read as "us" and a possessive 's is
    dropped. Stop words are kept.
    """
    folded = unicodedata.normalize("NFKC", text)
    folded = _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), folded)
    return [word.casefold() for word in _WORD.findall(_POSSESSIVE.sub(" ", folded))]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Returns the stem (Porter 2, English) of a lower-case word: "plans" and "planned" share it."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


def words(text: str) -> list[str]:
    """Returns the stems of a text's words without stop words, in order, with repeats."""
    return [stem(word) for word in plain_words(text) if word not in STOP_WORDS]
