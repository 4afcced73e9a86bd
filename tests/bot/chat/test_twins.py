"""Slack and Discord must not hold the same code twice: what both need stands in bot/chat."""

from __future__ import annotations

import io
import keyword
import tokenize
from itertools import product
from pathlib import Path

import pytest

BOT = Path(__file__).parents[3] / "bot"
MAX_EQUAL_LINES = 10
NOT_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
NAMES_AND_VALUES = {tokenize.NAME, tokenize.NUMBER, tokenize.STRING}


def code_lines(source: str) -> list[str]:
    """Returns the lines of code, with one word in the place of each name and each value.

    Imports, docstrings, comments and blank lines are left out.
    """
    lines: dict[int, list[str]] = {}
    statement: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in NOT_CODE:
            continue
        if token.type != tokenize.NEWLINE:
            statement.append(token)
            continue
        if not _is_import(statement) and not _is_docstring(statement):
            for part in statement:
                lines.setdefault(part.start[0], []).append(_alike(part))
        statement = []
    return [" ".join(parts) for _, parts in sorted(lines.items())]


def _alike(token: tokenize.TokenInfo) -> str:
    if token.type in NAMES_AND_VALUES and not keyword.iskeyword(token.string):
        return "x"
    return token.string


def _is_import(statement: list[tokenize.TokenInfo]) -> bool:
    return bool(statement) and statement[0].string in {"import", "from"}


def _is_docstring(statement: list[tokenize.TokenInfo]) -> bool:
    return len(statement) == 1 and statement[0].type == tokenize.STRING


def longest_run(left: list[str], right: list[str]) -> int:
    """Returns how many lines in a row stand in both, at most."""
    longest = 0
    before = [0] * (len(right) + 1)
    for line in left:
        now = [0] * (len(right) + 1)
        for column, other in enumerate(right, start=1):
            if line == other:
                now[column] = before[column - 1] + 1
        longest = max(longest, *now)
        before = now
    return longest


def runs_between(left: Path, right: Path) -> dict[tuple[str, str], int]:
    """Returns the longest run of each pair of files of two folders."""
    sources = {
        file: code_lines(file.read_text(encoding="utf-8"))
        for folder in (left, right)
        for file in folder.glob("*.py")
    }
    pairs = product(left.glob("*.py"), right.glob("*.py"))
    return {
        (one.name, other.name): longest_run(sources[one], sources[other]) for one, other in pairs
    }


def test_no_run_of_more_than_ten_lines_stands_in_both_packages() -> None:
    runs = runs_between(BOT / "slack", BOT / "discord")
    assert {pair: run for pair, run in runs.items() if run > MAX_EQUAL_LINES} == {}


ONE = '''"""A docstring."""

import os


def first(value: int) -> str:
    """Says so."""
    # Nobody reads this.
    return str(value + 1)
'''
OTHER = """import sys
from os import path

def second(text: str) -> int:

    return len(text + 2)
"""


@pytest.mark.parametrize(
    ("left", "right", "run"),
    [
        (ONE, OTHER, 2),
        (ONE, ONE, 2),
        (ONE, OTHER.replace("return", "yield"), 1),
        (f"x = 1\n{ONE}y = 2\n", f"x = 1\n{OTHER}y = 2\n", 4),
        ("call(\n    1,\n    2,\n)\n", "call(\n    'a',\n    'b',\n)\n", 4),
    ],
    ids=["other names", "the same", "other keywords", "a longer run", "one call on many lines"],
)
def test_lines_are_alike_when_only_names_and_values_differ(left: str, right: str, run: int) -> None:
    assert longest_run(code_lines(left), code_lines(right)) == run
