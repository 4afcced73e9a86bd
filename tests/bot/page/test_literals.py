"""What people read is written in bot/page and nowhere else."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import bot

if TYPE_CHECKING:
    from collections.abc import Iterator

BOT = Path(next(iter(bot.__path__)))
ROOMS = ("chat", "desk", "discord", "slack")
WORD = re.compile(r"[^\W\d_]{2,}")

FOR_WHOEVER_RUNS_THE_BOT = {
    "discord/access.py": "how to get the token: the terminal and /readyz show it",
    "slack/access.py": "how to get tokens: the terminal shows it as an error",
    "discord/checkup.py": "clipping doctor",
    "slack/checkup.py": "clipping doctor",
    "desk/metrics.py": "the help texts of /metrics",
}
"""Files whose sentences no asker sees, with who sees them."""

FOR_MACHINES_AND_LOGS = {
    "text/plain; version=0.0.4; charset=utf-8": "the type of a page, in health.py",
    "does not answer": "/readyz, in health.py",
    "a request that is not HTTP was answered with {}": "a log line, in http_listener.py",
    "is closed": "/readyz and the log, in client.py and watchdog.py",
    "has lost shard {}": "/readyz, in client.py",
    "gets no socket ({})": "/readyz and the log, in connecting.py",
    "is deaf": "the log, in watchdog.py",
    "has no reader": "the log, in watchdog.py",
    "socket mode": "a stand-in for a secret that Bolt asks for and never uses, in accounts.py",
}
"""Sentences that no asker sees, with where they appear."""


def sentences(source: str) -> Iterator[str]:
    """Yields the literals of two words and more that somebody might read, f-strings as one.

    Left out are docstrings, what is raised or logged, patterns, and lists of names that are split.
    """
    yield from _sentences(ast.parse(source))


def _sentences(node: ast.AST) -> Iterator[str]:
    if _is_not_shown(node):
        return
    text = _text(node)
    if text is not None:
        if len(WORD.findall(text)) >= 2 and re.search(r"\w\W*\s\W*\w", text):
            yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _is_not_shown(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    called_on, method = node.func.value, node.func.attr
    if isinstance(called_on, ast.Constant):
        return method == "split"
    return isinstance(called_on, ast.Name) and (called_on.id, method) in CALLS_THAT_SHOW_NOTHING


CALLS_THAT_SHOW_NOTHING = {("re", "compile")} | {
    ("log", level) for level in ("debug", "info", "warning", "error", "exception")
}


def _text(node: ast.AST) -> str | None:
    """Returns the text of a literal, its placeholders as {}."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(str(part) for part in parts)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def shown() -> dict[str, list[str]]:
    """Returns the sentences of every file in the rooms above bot/page."""
    files = sorted(path for room in ROOMS for path in (BOT / room).glob("*.py"))
    found = {str(path.relative_to(BOT)): list(sentences(path.read_text("utf-8"))) for path in files}
    return {name: texts for name, texts in found.items() if texts}


def test_no_sentence_that_people_see_stands_outside_the_page() -> None:
    stray = {
        name: [text for text in texts if text not in FOR_MACHINES_AND_LOGS]
        for name, texts in shown().items()
        if name not in FOR_WHOEVER_RUNS_THE_BOT
    }
    assert {name: texts for name, texts in stray.items() if texts} == {}


def test_every_exception_to_that_is_still_needed() -> None:
    found = shown()
    others = [texts for name, texts in found.items() if name not in FOR_WHOEVER_RUNS_THE_BOT]
    assert FOR_WHOEVER_RUNS_THE_BOT.keys() <= found.keys()
    assert FOR_MACHINES_AND_LOGS.keys() <= {text for texts in others for text in texts}


def test_a_stray_sentence_is_found_wherever_it_stands() -> None:
    source = '''
"""A module."""
log.info("not this one")
def greet(name):
    """Greets."""
    if not name:
        raise ValueError("nor this one")
    names = "or these names".split()
    if re.compile("ab cd"):
        return message(f"Hello, {name}, how are you?")
    return ["Good morning"]
'''
    assert list(sentences(source)) == ["Hello, {}, how are you?", "Good morning"]
