"""Writes words with links, bold words and code as one paragraph of Markdown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.documents.formats.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A longer web address is left out, and the words of the link stay.
MAX_LINK_CHARS = 2_000
# White space as HTML has it: a no-break space is a character like others.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BACKTICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike.

    Attributes:
        text: The words; a line feed stands for a line break that readers see.
        bold: Whether they are bold.
        code: Whether they are code.
        target: The web address that they link to; empty for no link.
    """

    text: str
    bold: bool = False
    code: bool = False
    target: str = ""

    @property
    def looks(self) -> tuple[bool, bool, str]:
        """Everything but the words."""
        return self.bold, self.code, self.target


def one_line(text: str) -> str:
    """Returns a text with each stretch of white space as one blank, without control characters."""
    return without_controls(_SPACES.sub(" ", text))


def without_controls(text: str) -> str:
    """Returns a text without control characters; tabs and line feeds stay."""
    return _CONTROLS.sub("", text)


def plain_words(runs: Iterable[Run]) -> str:
    """Returns the words of runs as one line, without markup."""
    return " ".join("".join(run.text for run in runs).split())


class Place(Enum):
    """Where words stand in Markdown."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # one line
    CELL = "cell"  # of a table: one line, in which a bar ends the cell


def write_inline(runs: Iterable[Run], place: Place = Place.PARAGRAPH) -> str:
    """Returns words in Markdown, without white space around them."""
    if place is not Place.PARAGRAPH:
        runs = (Run(run.text.replace("\n", " "), *run.looks) for run in runs)
    tidy = list(_merged(_spaced(runs)))
    written: list[str] = []
    start = "" if place is Place.PARAGRAPH else " "  # nothing is the beginning of a line there
    position = 0
    for target, linked in groupby(tidy, key=lambda run: run.target):
        if target:
            written.append("[")
        for run in linked:
            position += 1
            following = tidy[position].text[:1] if position < len(tidy) else ""
            before = written[-1][-1:] if written else start
            written.append(_write_run(run, place, before, following))
        if target:
            written.append(f"]({_address(target)})")
    return "".join(written).replace("\n", "  \n")


def _spaced(runs: Iterable[Run]) -> Iterator[Run]:
    """Yields runs with single gaps between them; a gap between different looks is plain."""
    gap = ""
    last: Run | None = None
    for run in runs:
        text = run.text.strip(" \n")
        gap = _wider(gap, run.text[: len(run.text) - len(run.text.lstrip(" \n"))])
        if not text:
            continue
        target = run.target if _is_writable(run.target) else ""
        words = Run(text, run.bold, run.code, target)
        if last is not None and gap:
            yield _gap_between(last, words, gap)
        yield words
        last, gap = words, _wider("", run.text[len(run.text.rstrip(" \n")) :])


def _wider(gap: str, more: str) -> str:
    """Returns white space as one character: a line feed if there is one, or else a blank."""
    return (gap + more) and ("\n" if "\n" in gap + more else " ")


def _gap_between(left: Run, right: Run, gap: str) -> Run:
    if left.looks == right.looks and not (left.code and gap == "\n"):
        return Run(gap, *left.looks)
    return Run(gap, target=left.target if left.target == right.target else "")


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    for looks, alike in groupby(runs, key=lambda run: run.looks):
        yield Run("".join(run.text for run in alike), *looks)


def _write_run(run: Run, place: Place, before: str, after: str) -> str:
    """Returns one run in Markdown; words that cannot be marked as bold there stay plain.

    Args:
        run: The run.
        place: Where it stands.
        before: The character before it in Markdown; empty at the beginning.
        after: The character of the page behind it; empty at the end.
    """
    if run.text in {" ", "\n"}:
        return run.text
    if run.code:
        words = _write_code(run.text)
        words = words.replace("|", "\\|") if place is Place.CELL else words
    else:
        words = _escape_after(before, run.text)
    if run.bold and _may_open(before, words[:1]) and _may_open(after, words[-1:]):
        return f"**{words}**"
    return words


def _may_open(outside: str, inside: str) -> bool:
    """Returns whether CommonMark takes two asterisks between two characters as a mark.

    For closing marks the same holds with the sides exchanged.
    """
    if not inside.strip():
        return False
    return not _is_punctuation(inside) or not outside.strip() or _is_punctuation(outside)


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _escape_after(before: str, text: str) -> str:
    """Returns words as plain Markdown, given the character that stands before them."""
    if not before or before == "\n":
        return escape_markdown(text)
    lead = "x" if before.isalnum() else "."  # what is escaped at the beginning of a line only
    return escape_markdown(lead + text)[1:]


def _write_code(text: str) -> str:
    """Returns words as inline code, between more backticks than they hold in a row."""
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _is_writable(target: str) -> bool:
    return target.startswith(("http://", "https://")) and len(target) <= MAX_LINK_CHARS


def _address(target: str) -> str:
    """Returns a web address without characters that end it in Markdown."""
    return quote(target, safe="%/:=&?~#+!$,;'@*[]-._", encoding="utf-8", errors="replace")
