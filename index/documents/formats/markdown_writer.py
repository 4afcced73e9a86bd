"""Writing Markdown: the blocks that other formats are turned into.

What is passed as text is Markdown already: plain words go through `escape_markdown` first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.formats.escaping import escape_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FENCE = re.compile(r"`{3,}", re.MULTILINE)
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_TICKS = re.compile(r"`+")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
# A list in a list is written so many columns to the right.
_INDENT = "    "
MAX_HEADING_LEVEL = 6


def join_blocks(blocks: Iterable[str]) -> str:
    """Returns blocks with an empty line between them; empty blocks are left out."""
    kept = [block.strip("\n") for block in blocks if block.strip()]
    return "\n\n".join(kept) + "\n" if kept else ""


def write_heading(level: int, text: str) -> str:
    """Returns a heading on one line; no heading where there are no words."""
    text = one_line(text)
    return f"{'#' * min(max(level, 1), MAX_HEADING_LEVEL)} {text}" if text else ""


def write_item(marker: str, text: str, depth: int = 0) -> str:
    """Returns an item of a list, whose further lines stand below its first word.

    Args:
        marker: "-", or a number with its full stop: "3.".
        text: What the item says; it may hold further blocks.
        depth: How many lists the list lies in.
    """
    first = _INDENT * depth + marker + " "
    return first + indent(text.strip("\n"), " " * len(first)).lstrip(" ")


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """Returns a pipe table whose first row is the header; rows that are too short are filled up."""
    rows = [[_BARE_PIPE.sub(r"\\|", one_line(cell)) for cell in row] for row in rows]
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def write_code(text: str, language: str = "") -> str:
    """Returns a block of code, between fences that do not stand in it."""
    if not text.strip():
        return ""
    longest = max((len(found) for found in _FENCE.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = re.sub(r"[^\w+#.-]", "", language)
    return f"{fence}{language}\n{text.strip(chr(10))}\n{fence}"


def write_quotation(blocks: str) -> str:
    """Returns blocks as a quotation."""
    lines = blocks.strip("\n").split("\n")
    return "\n".join(f"> {line}" if line.strip() else ">" for line in lines)


def escape_inside(text: str) -> str:
    """Returns plain words that do not stand at the beginning of a line, escaped."""
    return escape_markdown(f".{text}")[1:]


def strong(text: str) -> str:
    """Returns words in bold; the white space around them stays outside of the marks."""
    return _around(text.replace("**", ""), "**")


def struck(text: str) -> str:
    """Returns words that are struck through."""
    return _around(text, "~~")


def _around(text: str, mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    start = text.index(words)
    return f"{text[:start]}{mark}{words}{mark}{text[start + len(words) :]}"


def code_span(text: str) -> str:
    """Returns plain words as code inside a line."""
    text = " ".join(text.split())
    if not text:
        return ""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def link(text: str, target: str | None) -> str:
    """Returns words that lead to an address of the web; the words alone for any other target."""
    target = (target or "").strip()
    if not text.strip() or not _WEB_ADDRESS.fullmatch(target):
        return text
    target = target.replace("(", "%28").replace(")", "%29")
    return f"[{text}]({target})"


def indent(text: str, by: str) -> str:
    """Returns lines with white space before each that is not empty."""
    return "\n".join(by + line if line.strip() else "" for line in text.split("\n"))


def without_half_characters(text: str) -> str:
    """Returns a text with a sign for each code that is no character: NUL and lone surrogates."""
    return _NO_CHARACTER.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Returns a text with one blank for each stretch of white space."""
    return " ".join(text.split())
