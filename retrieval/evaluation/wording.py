"""Questions as people type them: without mark, as key words, with a slip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FUNCTION_WORDS = frozenset(
    "a an the is are was were be been do does did has have had of in on at to for by with from "
    "and or that this which it its their his her there as".split()
)
ASKING_WORDS = frozenset(
    "what who whom whose when where why how which much many can could would will should".split()
)
SHARE_WITHOUT_MARK = 0.5
# Shares of the three rewordings; the rest stays in its author's words.
SHARES = (("search", 0.14), ("keywords", 0.10), ("slip", 0.12))
# A name within a sentence, and a number of two digits or more.
NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]+(?: [^\W\d_a-z][\w-]+)*")
NUMBER = re.compile(r"\b\d[\d.,]*\d\b")
MIN_SLIP_CHARS = 4
MIN_KEYWORDS = 2


def retyped(question: str, rng: random.Random, *, faithful: bool = False) -> str:
    """Reword a question at random, often not at all.

    Args:
        question: As its author wrote it.
        rng: Decides which way, and where.
        faithful: Only drop the mark or slip on a key; a word left out could
            make an unanswerable question answerable.
    """
    way, draw = "", rng.random()
    for name, share in SHARES:
        if 0 <= draw < share:
            way = name
        draw -= share
    if rng.random() < SHARE_WITHOUT_MARK:
        question = question.rstrip("? ")
    if way == "slip":
        return slipped(question, rng)
    if faithful or not way:
        return question
    drop = FUNCTION_WORDS if way == "search" else FUNCTION_WORDS | ASKING_WORDS
    return without(question, drop)


def as_typed(question: str, rng: random.Random) -> str:
    """Type a question as people do: small letters, no mark, and one of three ways at random.

    As it is, without its function words, or with a slip of the finger; `retyped` is milder.
    """
    question = question.rstrip("? ").lower()
    ways = (str, lambda text: without(text, FUNCTION_WORDS), lambda text: slipped(text, rng))
    return rng.choice(ways)(question)


def without(question: str, drop: frozenset[str]) -> str:
    """Leave out some words and the mark; the question itself if hardly a word would remain."""
    kept = [word for word in question.rstrip("? ").split() if bare(word) not in drop]
    return " ".join(kept) if len(kept) >= MIN_KEYWORDS else question


def bare(word: str) -> str:
    """Take the punctuation off a word's ends, in lower case."""
    return re.sub(r"^\W+|\W+$", "", word).lower()


def slipped(question: str, rng: random.Random) -> str:
    """Swap, drop or double one letter of one longer word; its first letter stays."""
    words = question.split(" ")
    longer = [spot for spot, word in enumerate(words) if len(word) >= MIN_SLIP_CHARS]
    if not longer:
        return question
    spot = rng.choice(longer)
    word = words[spot]
    at = rng.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    words[spot] = rng.choice(slips)
    return " ".join(words)


def misled(question: str, text: str, spared: list[str], rng: random.Random) -> str | None:
    """Put another name or number of a text in the place of one that a question has.

    The text then seldom answers, though it looks as if: the way in which the annotators
    of SQuAD 2.0 made many of their unanswerable questions (Rajpurkar et al. 2018, table 1).

    Args:
        question: One that the text answers.
        text: Where the other name or number is taken from.
        spared: The answers; none of them is put into the question.
        rng: Chooses what is put where.

    Returns:
        The question about something else; None if there is nothing to put or replace.
    """
    taken = {word for piece in (question, *spared) for word in bare_words(piece)}
    swaps = []
    for kind in (NAME, NUMBER):
        others = [m.group() for m in kind.finditer(text) if not taken & bare_words(m.group())]
        for old in kind.finditer(question):
            like = dict.fromkeys(o for o in others if kind is NAME or len(o) == len(old.group()))
            swaps += [(old, new) for new in like if new not in question]
    if not swaps:
        return None
    old, new = rng.choice(swaps)
    return question[: old.start()] + new + question[old.end() :]


def bare_words(text: str) -> set[str]:
    """Cut a text into its different words, in lower case and without marks."""
    return {bare(word) for word in text.split()}
