"""Rewords questions as people type them: without a question mark, as key words, with a slip."""

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
# Shares of the three rewordings. All other questions stay in their author's words.
SHARES = (("search", 0.14), ("keywords", 0.10), ("slip", 0.12))
# A name within a sentence, and a number of two digits or more.
NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]+(?: [^\W\d_a-z][\w-]+)*")
NUMBER = re.compile(r"\b\d[\d.,]*\d\b")
MIN_SLIP_CHARS = 4
MIN_KEYWORDS = 2


def reword(question: str, rng: random.Random, *, faithful: bool = False) -> str:
    """Rewords a question at random, often not at all.

    Args:
        question: As its author wrote it.
        rng: Decides how and where.
        faithful: Only leave out the question mark or make a slip. A word left out could make an
            unanswerable question answerable.
    """
    way, draw = "", rng.random()
    for name, share in SHARES:
        if 0 <= draw < share:
            way = name
        draw -= share
    if rng.random() < SHARE_WITHOUT_MARK:
        question = question.rstrip("? ")
    if way == "slip":
        return make_slip(question, rng)
    if faithful or not way:
        return question
    drop = FUNCTION_WORDS if way == "search" else FUNCTION_WORDS | ASKING_WORDS
    return drop_words(question, drop)


def type_casually(question: str, rng: random.Random) -> str:
    """Types a question as people do: in small letters, without a question mark.

    At random it is otherwise as it was, without its function words, or with a slip of the finger.
    `reword` is milder.
    """
    question = question.rstrip("? ").lower()
    ways = (str, lambda text: drop_words(text, FUNCTION_WORDS), lambda text: make_slip(text, rng))
    return rng.choice(ways)(question)


def drop_words(question: str, drop: frozenset[str]) -> str:
    """Leaves out some words and the question mark, unless hardly a word would remain."""
    kept = [word for word in question.rstrip("? ").split() if bare_word(word) not in drop]
    return " ".join(kept) if len(kept) >= MIN_KEYWORDS else question


def bare_word(word: str) -> str:
    """Returns a word in lower case without punctuation at its ends."""
    return re.sub(r"^\W+|\W+$", "", word).lower()


def make_slip(question: str, rng: random.Random) -> str:
    """Swaps, drops or doubles one letter of one longer word, never its first letter."""
    words = question.split(" ")
    longer = [position for position, word in enumerate(words) if len(word) >= MIN_SLIP_CHARS]
    if not longer:
        return question
    position = rng.choice(longer)
    word = words[position]
    at = rng.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )
    words[position] = rng.choice(slips)
    return " ".join(words)


def swap_name(question: str, text: str, spared: list[str], rng: random.Random) -> str | None:
    """Replaces a name or number of a question by another name or number of a text.

    The text then seldom answers the question, though it seems to. Annotators of SQuAD 2.0 made many
    of their unanswerable questions in this way (Rajpurkar et al. 2018, table 1).

    Args:
        question: A question that the text answers.
        text: Where the other name or number is taken from.
        spared: The answers. They are not put into the question.
        rng: Chooses what replaces what.

    Returns:
        The question about something else; None if nothing can be replaced.
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
    """Returns the different words of a text, in lower case and without punctuation."""
    return {bare_word(word) for word in text.split()}
