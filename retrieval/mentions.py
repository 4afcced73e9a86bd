"""Whether a question's words stand in the articles, so that "no article mentions" is true."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING

from index.documents.dates import MONTHS
from index.passages.indexed_text import indexed_text
from index.passages.words import STOP_WORDS, plain_words, stem, typed_words, written_words
from retrieval.irregular_forms import other_forms
from retrieval.questions import ASKING, SHORT_FORMS, is_known, is_named, long_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.documents.article import Article
    from index.library.library import Library
    from index.passages.words import Word
    from retrieval.questions import Question

# Words that a search may use, but whose absence tells a person nothing.
_TELLS_NOTHING = ASKING | frozenset(
    """across actually along alongside among another anyway approximately around ask asked asking
    asks behind besides beside beyond certain currently despite different dont doesnt didnt either
    else etc even ever every everyone everything exactly generally get gets given got hers herself
    however ie im instead involved isnt ive kind kinds let lets like list listed look looked looking
    looks lot lots maybe may might mine must myself neither need needed needs near next none nothing
    ones onto ours outside particular per perhaps please possible quite rather really regarding
    related roughly several since somewhere sort sorts specific still supposed theirs thing things
    toward towards type types unless upon usually various versus via vs want wanted wants way ways
    whats whenever wherever whichever whos whoever within without wonder wondering would yet
    """.split()
)
# What is written between the words of a compound, and between the groups of a long number.
_BETWEEN_WORDS, _BETWEEN_GROUPS = r"[-‐\s]{1,2}", r"[,.\s'’]"
_SHORTEST_HALF = 2
# The fields of an article that no person reads.
_UNREAD_FIELDS = frozenset({"text", "digest", "body", "published", "structure", "extractor"})


def unknown_words(question: Question, library: Library) -> tuple[str, ...]:
    """Returns the words of a question that stand in no article in any form, as they were typed.

    Other forms are inflections, short and long forms, "check in" for "check-in", "1000" for
    "1,000", and "Canadian" for "Canada". Titles, names of files and metadata count as well.
    """
    short = _long_forms_of(library)
    apart = _parts_of_known_words(written_words(question.text), library)
    missing = [
        written
        for written in question.content
        if written not in apart
        and not all(_has_form(word, library, short) for word in _telling_words(written))
        and not _stands_joined(written, library)
        and not _stands_parted(written, library)
    ]
    if not missing:
        return ()
    described = _metadata_words(library.articles)
    return tuple(written for written in missing if not described.issuperset(plain_words(written)))


def _telling_words(written: str) -> list[Word]:
    """Returns the words of a compound whose absence tells something."""
    return [word for word in typed_words(written) if word.whole not in _TELLS_NOTHING]


def _has_form(word: Word, library: Library, short: frozenset[str]) -> bool:
    """Tells whether one word stands in some article in some form, or `short` has its stem."""
    if stem(word.whole) in short or any(
        is_known(form, library) for form in other_forms(word.whole)
    ):
        return True
    if word.parts and not word.is_version:
        return all(part in ASKING or is_known(part, library) for part in word.parts)
    return word.typed[:1].isupper() and is_named(stem(word.whole), library)


def _long_forms_of(library: Library) -> frozenset[str]:
    """Returns the stems of the long forms whose short forms stand in the articles.

    A short form that is an English word as well ("us") is left out.
    """
    there = [short for short in SHORT_FORMS if short in library.vocabulary]
    return frozenset(
        part for short in there if short not in {"us", "un", "pop"} for part in long_stems(short)
    )


def _stands_joined(written: str, library: Library) -> bool:
    """Tells whether some article has a compound or a number in one: "checkin", "1000"."""
    pieces = re.findall(r"[^\W_]+", written)
    if len(pieces) < 2 or "." in written:
        return False
    return is_known("".join(plain_words(" ".join(pieces))), library)


def _parts_of_known_words(written: Sequence[str], library: Library) -> set[str]:
    """Returns the neighbours that some article has as one word: "check" and "in"."""
    found: set[str] = set()
    for pair in pairwise(written):
        if min(map(len, pair)) >= _SHORTEST_HALF and _stands_joined("-".join(pair), library):
            found.update(pair)
    return found


def _stands_parted(written: str, library: Library) -> bool:
    """Tells whether some article has a word as a compound: "check in" or "check-in"."""
    (whole, *more) = plain_words(written) or [""]
    if more:
        return False
    if whole.isdecimal():
        groups = f"{int(whole):,}".split(",")
        return len(groups) > 1 and _stand_together(groups, _BETWEEN_GROUPS, library)
    halves = ((whole[:cut], whole[cut:]) for cut in range(_SHORTEST_HALF, len(whole) - 1))
    return any(_stand_together(pair, _BETWEEN_WORDS, library) for pair in halves)


def _stand_together(words: Sequence[str], between: str, library: Library) -> bool:
    """Tells whether some passage has words side by side."""
    if not all(word in library.vocabulary for word in words):
        return False
    together = re.compile(rf"(?<!\w){between.join(words)}(?!\w)", re.IGNORECASE)
    stems = {stem(word) for word in words if word not in STOP_WORDS}
    return any(
        together.search(indexed_text(passage))
        for passage, there in zip(library.passages, library.passage_words, strict=True)
        if stems.issubset(there)
    )


def _metadata_words(articles: Iterable[Article]) -> set[str]:
    """Returns the words of what is known about articles: file names, dates, front matter."""
    return {word for article in articles for word in plain_words(_description(article))}


def _description(article: Article) -> str:
    """Returns an article's metadata as one text."""
    values = (
        getattr(article, each.name) for each in fields(article) if each.name not in _UNREAD_FIELDS
    )
    day = article.published
    date = f"{day} {MONTHS[day.month - 1]}" if day else ""
    return "\n".join([article.text[: article.body], date, *(str(value or "") for value in values)])
