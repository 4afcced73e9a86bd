"""Several questions in one message: the first is looked up, and the others are named.

One answer cannot answer two questions, and a search for both at once finds neither.
"""

from __future__ import annotations

import re

from bot.desk.followup import FUNCTION_WORDS, leans
from bot.desk.small_talk import small_talk_in

_ASKS = (
    r"(?:who|whom|whose|what|which|when|where|why|how|wer|wen|wem|was|welche[rs]?|wann|wo|woher"
    r"|wohin|warum|wieso|wie)"
)
_VERB = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|ist|sind|war|waren"
    r"|hat|haben|wird|werden|kann|wurde|wurden)"
)
_QUOTED = re.compile(r"[\"“”«»„][^\"“”«»„\n]{1,500}[\"“”«»„]")
_QUESTION = re.compile(
    rf"(?:^|(?<=[.!?？:;,–—-] ))(?:(?:and|und|also|or|oder) )?(?:{_ASKS}|{_VERB})\b[^?？]*[?？]+",
    re.I,
)
# "Where is the HQ and when is the summit?"
_JOINED = re.compile(rf",? (?:and|und) (?={_ASKS} (?:{_VERB}\b|many\b|much\b|viele?\b))", re.I)
_OPENING_WORD = re.compile(rf"(?:and |und |also |or |oder )?{_ASKS}\b", re.I)
_ASKING_WORD = re.compile(rf"\b{_ASKS}\b", re.I)
# Words of "do you know?" and "can anyone tell me?": they ask for no article.
_ABOUT_NOTHING = FUNCTION_WORDS | frozenset(
    "know knows tell help say find anyone anybody someone somebody idea you your me i we us please"
    " question ask answer true right okay ok wissen weißt wisst sagen jemand ich mir du uns bitte"
    " frage fragen helfen stimmt so and und or oder also".split()
)


def questions_in(text: str) -> tuple[str, ...]:
    """Returns the questions of a message, where it holds several and the first stands by itself.

    A message with one question gives none: it is searched for as it is.
    """
    masked = _QUOTED.sub(lambda found: "\ue000" * len(found.group()), text)
    spans = [
        span
        for found in _QUESTION.finditer(masked)
        for span in _halves(masked, *found.span())
        if _is_about_something(masked[slice(*span)])
    ]
    if len(spans) < 2 or leans(text[slice(*spans[0])]):
        return ()
    return tuple(_as_question(text[start:end]) for start, end in spans)


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Returns where the two questions of "where is it and when is it?" stand; else the one."""
    question = text[start:end]
    joint = _JOINED.search(question)
    if joint is None or not _OPENING_WORD.match(question):
        return [(start, end)]
    first = question[: joint.start()]
    whole = (
        _is_about_something(first)
        and first.split()[-1].lower() not in FUNCTION_WORDS
        and len(_ASKING_WORD.findall(first)) == 1  # "about what is planned and who is to do it"
    )
    return [(start, start + joint.start()), (start + joint.end(), end)] if whole else [(start, end)]


def _is_about_something(question: str) -> bool:
    words = re.findall("[^\\W_]+|\ue000", question.lower())
    return small_talk_in(question) is None and any(word not in _ABOUT_NOTHING for word in words)


def _as_question(text: str) -> str:
    """Returns a question without what joins it to the one before."""
    return (
        re.sub(r"^(?:and|und|also|or|oder) ", "", text.strip(" ,"), flags=re.I).rstrip("?？ ") + "?"
    )
