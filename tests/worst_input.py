"""The worst input for a pattern, made from the pattern itself, and how its cost grows."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import re
import re._constants as codes
import re._parser as parser
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
ROOMS = ("config", "index", "retrieval", "bot")
# These are run by hand, on files of our own.
NOT_SERVING = (".training", ".evaluation", ".migrations", "__main__")
LARGEST = 100_000
_CLASSES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
_TAILS = ("", "\0", "\n!", "\nx")
# A cost that grows with the length takes 8 times as long for 8 times the length, one that grows
# with its square 64 times as long.
_SHORT, _LONG, _TOO_MUCH = 2_000, 16_000, 24
_NOTICEABLE = 0.05  # seconds of this process's own time; below that, growth does not matter


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yields every pattern that a module of ours holds, by the name it has there."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for room in ROOMS:
        for info in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not any(part in info.name for part in NOT_SERVING):
                module = importlib.import_module(info.name)
                for name, value in vars(module).items():
                    for pattern in _patterns_in(value):
                        key = (pattern.pattern, pattern.flags)
                        found.setdefault(key, (f"{module.__name__}.{name}", pattern))
    yield from found.values()


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        yield from _patterns_in(list(value.values()))


def uses(name: str) -> set[str]:
    """Returns which methods of a pattern our code calls: "match", "sub"."""
    module, _, last = name.rpartition(".")
    own = Path(importlib.import_module(module).__file__ or "")
    paths = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    texts = [path.read_text() for path in ([own] if last.startswith("_") else paths)]
    found = {use for text in texts for use in re.findall(rf"\b{last}\.([a-z]+)\(", text)}
    return found & {"match", "fullmatch"} if found <= {"match", "fullmatch"} else {"search"}


def worst_of(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Returns (beginning, what to repeat): its repeats, and its characters in pairs."""
    tree = parser.parse(_text(pattern.pattern), pattern.flags | re.UNICODE)
    letters = sorted(_letters(tree))[:12]
    pairs = {"".join(pair) for pair in itertools.permutations(letters, 2)}
    return {*_pumped(tree, ""), *(("", unit) for unit in {*letters, *pairs})}


def _text(pattern: str | bytes) -> str:
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern


def replace_all(pattern: re.Pattern[Any], text: str) -> object:
    """Looks for a pattern everywhere in a text, or in its bytes."""
    if isinstance(pattern.pattern, bytes):
        return pattern.sub(b"", text.encode())
    return pattern.sub("", text)


def _letters(tree: Any) -> set[str]:
    """Returns a character of each kind that a pattern names."""
    found = set()
    for code, value in tree:
        if code in {codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY}:
            found.add(_one(code, value))
        for inner in _inner(value):
            found |= _letters(inner)
    return found


def _inner(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _inner(each)


def _one(code: Any, value: Any) -> str:
    """Returns one character that a part of a pattern matches."""
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is not codes.IN:
        return "a"
    if value[0][0] is codes.NEGATE:
        excluded = re.compile("[" + "".join(_in_class(value[1:])) + "]")
        return next((c for c in "a7 .!-T" if not excluded.match(c)), "~")
    kind, first = value[0]
    if kind is codes.CATEGORY:
        return _CLASSES.get(str(first), "!")
    return chr(first[0] if kind is codes.RANGE else first)


def _in_class(parts: Any) -> Iterator[str]:
    for kind, value in parts:
        if kind is codes.CATEGORY:
            name = str(value)
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.rpartition("_")[2]]
            yield "\\" + (letter.upper() if "NOT" in name else letter)
        elif kind is codes.RANGE:
            yield f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            yield re.escape(chr(value))


def _sample(tree: Any) -> str:
    """Returns the shortest text for a pattern, more or less."""
    text = ""
    for code, value in tree:
        if code in {codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY}:
            text += _one(code, value)
        elif code is codes.BRANCH:
            text += _sample(value[1][0])
        elif code is codes.SUBPATTERN:
            text += _sample(value[-1])
        elif code in _REPEATS:
            text += _sample(value[2]) * value[0]
    return text


_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}


def _pumped(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yields (what leads there, what is repeated) for each repeat of a pattern."""
    for position, (code, value) in enumerate(tree):
        here = before + _sample(tree[:position])
        if code in _REPEATS and value[1] > 1:
            rest = _sample(tree[position + 1 :])
            for letter in {_sample(value[2]), *_letters(value[2])} - {""}:
                yield here, letter
                yield here, letter + rest
                yield "", here + letter
        for inner in _inner(value):
            yield from _pumped(inner, here)


def cost(work: Callable[[str], object], text: str) -> float:
    """Returns the seconds of this process's own time that some work takes."""
    began = time.process_time()
    work(text)
    return time.process_time() - began


def grows_too_fast(work: Callable[[str], object], begin: str, unit: str, tail: str) -> bool:
    """Returns whether the cost of some work grows much faster than the length of its input.

    Only the growth is looked at, so it is the same on a slow machine. A suspicion is looked at
    three times, and the quickest counts.
    """

    def text(length: int) -> str:
        return begin + unit * (length // len(unit)) + tail

    def is_too_much() -> bool:
        long = cost(work, text(_LONG))
        return long > _NOTICEABLE and long > _TOO_MUCH * max(cost(work, text(_SHORT)), 1e-4)

    return all(is_too_much() for _ in range(3))


def too_slow(work: Callable[[str], object], worst: set[tuple[str, str]]) -> list[str]:
    """Feeds some work its worst input, in the end 100 kB of each; returns what grew too fast."""
    for begin, unit in sorted(worst):
        for tail in _TAILS:
            if grows_too_fast(work, begin, unit, tail):
                return [f"{begin!r} + {unit!r} × n + {tail!r}"]
        work(begin + unit * (LARGEST // len(unit)) + "\n!")
    return []
