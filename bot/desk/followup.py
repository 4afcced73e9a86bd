"""Questions that lean on the one before: "and when?", "what about its CEO?".

The subject is carried over by rule, never guessed by a model, and the reply always shows what was
searched for.
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
    """Whether a question can only be understood after the one before it.

    It does when a pronoun stands where no name came before it, when it asks nothing but "when?",
    or when it begins with "and" and says little else.
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
    """The question to search instead, with the subject of the one before; None to leave it alone.

    A bare question word replaces that of the question before ("Who founded Acme?", "and when?" ->
    "when founded Acme"). Otherwise what the question says is kept, and the names of the one before
    are added, or all its content where it has no names.
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
    """Whether something is referred to that the question itself does not name before."""
    for number, word in enumerate(words):
        if word.lower() in LEANING:
            return not _names(words[:number])
    return False


def _names(words: list[str]) -> list[str]:
    """Words with a capital letter, but for the first, which has one anyway."""
    return [word for word in words[1:] if word[0].isupper() and word.lower() not in FUNCTION_WORDS]


def _subject(question: str) -> list[str]:
    """The names in a question; all its content words where it has none."""
    return _names(_words(question)) or _content(question)


def _content(question: str) -> list[str]:
    """The words that say what it is about."""
    return [
        word for word in _words(OPENING.sub("", question)) if word.lower() not in FUNCTION_WORDS
    ]


def _words(text: str) -> list[str]:
    return WORD.findall(text)
