"""Whether the first row of a table names its columns, where the file does not say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGIT = re.compile(r"\d")


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Returns whether the first row of a table is its header, by the cells in Markdown.

    Tables of three and more columns have one. Of two columns, which may as well be names with
    values ("Telephone | 0555 2099"), the first row is the header if only its words are bold, or if
    it holds no digit and most of the values do.
    """
    first, others = rows[0], rows[1:]
    if len(first) > 2:
        return True
    if _is_bold(first) and not all(_is_bold(row) for row in others):
        return True
    values = [row[-1] for row in others if len(row) > 1]
    with_digits = sum(1 for value in values if _DIGIT.search(value))
    return not _DIGIT.search(" ".join(first)) and 2 * with_digits > len(values)


def _is_bold(cells: Sequence[str]) -> bool:
    return all(cell.startswith("**") and cell.endswith("**") for cell in cells if cell)
