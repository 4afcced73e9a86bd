"""Joins the lines of a PDF's paragraphs, and the words that are divided at their ends."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from index.documents.formats.markdown_inline import Run, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from index.documents.formats.pdf_page import Line

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_HYPHENS = ("-", "\N{HYPHEN}", SOFT_HYPHEN)
# Signs that fonts draw for several letters.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_CLEANED = str.maketrans({**_LIGATURES, "\ufffe": None, "\uffff": None, "\uf0b7": "\N{BULLET}"})
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DIVIDED = re.compile(r"((?:[^\W_]+-)*[^\W\d_]+)[-\u2010]$")
_BEGINNING = re.compile(r"[^\W\d_]+")
# After these words a hyphen stands for a part that is said later: "first- and last-named".
_SUSPENDING = frozenset("and or to und oder bis bzw sowie".split())


def clean(text: str) -> str:
    """Returns words without control characters, and with letters for ligatures."""
    return without_controls(text.translate(_CLEANED))


def vocabulary(texts: Iterable[str]) -> AbstractSet[str]:
    """Returns the words of lines, with and without hyphens in them, but those that end a line."""
    words: set[str] = set()
    for text in texts:
        found = _WORD.findall(text.casefold())
        words.update(found[:-1] if text.rstrip().endswith(_HYPHENS) else found)
    return words


def line_runs(line: Line, *, code: bool) -> list[Run]:
    """Returns the words of a line, with a blank where there is room for one.

    Args:
        line: The line.
        code: Whether words in a font of fixed width are code.
    """
    runs: list[Run] = []
    for gap, part in line.spaced():
        if gap:
            runs.append(Run(" "))
        runs.append(Run(part.text, bold=part.bold, code=code and part.fixed))
    return runs


def join(before: list[Run], after: Sequence[Run], known: AbstractSet[str]) -> None:
    """Appends a line to the lines before; a word that was divided between them is whole again."""
    if before and after:
        end, begin = before[-1].text.rstrip(), after[0].text.lstrip()
        gap, drop_hyphen = _how_to_join(end, begin, known)
        if drop_hyphen:
            before[-1] = Run(end[:-1], *before[-1].looks)
        if gap:
            before.append(Run(" "))
    before.extend(after)


def _how_to_join(end: str, begin: str, known: AbstractSet[str]) -> tuple[bool, bool]:
    """Returns whether a blank comes between two lines, and whether a hyphen is left out there."""
    if end.endswith(SOFT_HYPHEN):
        return False, True
    divided = _DIVIDED.search(end[-80:])
    if divided is None:
        is_bound = end.endswith(_HYPHENS) and end[-2:-1].isalnum()
        return not (is_bound and begin[:1].isalnum()), False
    word = _BEGINNING.match(begin[:80])
    if word is None or not begin[0].islower():
        return not begin[:1].isalnum(), False  # a name with a hyphen, or a dash
    if word[0] in _SUSPENDING:
        return True, False
    left, right = divided[1].casefold(), word[0].casefold()
    is_compound = f"{left}-{right}" in known or ("-" in left and left + right not in known)
    return False, not (is_compound and left + right not in known)
