"""Follow-ups: questions that lean on the question before, such as "and when?".

A rule carries the subject over; no model guesses it. The reply always shows what was searched for.
"""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
OPENING = re.compile(
    r"^\s*(?:and|but|so|or|also|then|what about|how about|und|aber|also|was ist mit)\b[\s,:]*", re.I
)
QUESTION_WORDS = frozenset(
    "who whom whose what which when where why how wer wen wem was welche welcher welches wann wo "
    "warum wie".split()
)
LEANING = frozenset(
    "it its they them their theirs he him his she her hers this that these those there one "
    "er ihm ihn sein seine sie ihr ihre es dessen deren dort".split()
)
FUNCTION_WORDS = (
    QUESTION_WORDS
    | LEANING
    | frozenset(
        "a an the of in on at to for from by with about is are was were be been do does did has "
        "have had can could will would should may might many much der die das ein eine den dem des "
        "von im am an zu für mit ist sind war waren hat haben wurde wurden seit bis genau since "
        "until exactly long old often".split()
    )
)
MAX_LEANING_WORDS = 2  # "and the CEO?", "when exactly?": too little to search for alone


def leans(question: str) -> bool:
    """Tells whether a question can only be understood after the question before it.

    Such a question has a pronoun with no name before it, or asks nothing but "when?", or begins
    with "and" and says little else.
    """
    words = _words(question)
    if not words:
        return False
    if _has_open_pronoun(words):
        return True
    content = _content(question)
    opened = OPENING.match(question) is not None
    if not content:
        return opened or words[0].lower() in QUESTION_WORDS
    return opened and len(content) <= MAX_LEANING_WORDS and not _names(words)


def carry_over(question: str, before: str | None) -> str | None:
    """Returns what to search instead of a follow-up; None for a question that stands alone.

    A bare question word replaces the question word of the question before: "Who founded Acme?",
    "and when?" becomes "when founded Acme". Otherwise the question keeps its words and gets the
    names of the question before, or all content words of a question without names.
    """
    if before is None or not leans(question):
        return None
    rest = OPENING.sub("", question).strip(" ?!.,")
    own = [word for word in _words(rest) if word.lower() not in LEANING]
    content = {word.lower() for word in _content(rest)}
    if not content and len(own) == len(_words(rest)):
        kept = [word for word in _words(before) if word.lower() not in QUESTION_WORDS]
        return " ".join([*own, *kept]) if own and kept else None
    subject = [word for word in _subject(before) if word.lower() not in content]
    return " ".join([*own, *subject]) if subject else None


def _has_open_pronoun(words: list[str]) -> bool:
    """Tells whether a pronoun refers to something that the question does not name before it."""
    for number, word in enumerate(words):
        if word.lower() in LEANING:
            return not _names(words[:number])
    return False


def _names(words: list[str]) -> list[str]:
    """Returns the words with a capital letter, except the first word: it has one in any case."""
    return [word for word in words[1:] if word[0].isupper() and word.lower() not in FUNCTION_WORDS]


def _subject(question: str) -> list[str]:
    """Returns the names in a question; all its content words where it has no names."""
    return _names(_words(question)) or _content(question)


def _content(question: str) -> list[str]:
    """Returns the words that say what a question is about."""
    return [
        word for word in _words(OPENING.sub("", question)) if word.lower() not in FUNCTION_WORDS
    ]


def _words(text: str) -> list[str]:
    return WORD.findall(text)
