"""The tables of AsciiDoc."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.formats.markdown_writer import write_table

if TYPE_CHECKING:
    from collections.abc import Callable

_COLUMNS = re.compile(r'cols="?([^"\]]+)"?')
_TIMES = re.compile(r"(\d{1,2})\*")
# A cell begins at a bar, perhaps with what it spans and how it looks in front of it.
_BAR = re.compile(
    r"(?<!\\)(?:(?<=\s)|^)(?:\d{0,2}(?:\.\d+)?[+*])?[<^>.]{0,3}[aedhlmsv]?\||(?<!\\)\|"
)


def write_asciidoc_table(
    lines: list[str], separator: str, style: str, inline: Callable[[str], str]
) -> str:
    """Returns a table; its first row is taken for the header.

    Args:
        lines: What stands between the marks of the table.
        separator: What stands before a cell, or between cells for "," and ":".
        style: What stands in brackets above the table.
        inline: Writes the words of a cell as Markdown.
    """
    if separator in ",:":
        rows = [[cell.strip().strip('"') for cell in line.split(separator)] for line in lines]
        return write_table([[inline(cell) for cell in row] for row in rows if any(row)])
    kept = [line for line in lines if line.strip()]
    if not kept:
        return ""
    width = _width(style) or max(1, len(_cells(kept[0])))
    cells = [inline(cell) for cell in _cells("\n".join(kept))]
    return write_table([cells[start : start + width] for start in range(0, len(cells), width)])


def _cells(text: str) -> list[str]:
    return [" ".join(cell.split()).replace("\\|", "|") for cell in _BAR.split(text)[1:]]


def _width(style: str) -> int:
    """Returns how many columns are stated, or 0."""
    found = _COLUMNS.search(style)
    if found is None:
        return 0
    columns = found[1].split(",")
    return sum(int(times[1]) if (times := _TIMES.match(each.strip())) else 1 for each in columns)
