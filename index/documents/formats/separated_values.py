"""Tables in text files (.csv, .tsv): each row with the header of its columns."""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter
from typing import TYPE_CHECKING

from index.documents.fields import NO_FIELDS
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.markdown import from_markdown
from index.documents.formats.sheet import write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = "clipping csv 1"
_DELIMITERS = ",;\t|"
# So many rows show which character stands between the cells.
_LOOKED_AT = 50


def read_csv(data: bytes) -> Contents:
    """Returns the contents of a file of separated values; the first row is the header.

    Raises:
        UnreadableError: It is no text, holds no cell, or is no table that can be read.
    """
    text, notes = decode(data)
    return _read(text, notes, None)


def read_tsv(data: bytes) -> Contents:
    """Returns the contents of a file of values between tabs; see `read_csv`."""
    text, notes = decode(data)
    return _read(text, notes, "\t")


def _read(text: str, notes: tuple[str, ...], delimiter: str | None) -> Contents:
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        delimiter, text = first.strip()[-1], rest  # what Excel writes there for itself
    try:
        table = write_sheet(_rows(text, delimiter or _delimiter(text)))
    except csv.Error as error:
        raise UnreadableError(f"it is no table that can be read ({error})") from error
    if not table:
        raise UnreadableError("it is empty")
    return from_markdown(table, NO_FIELDS, extractor=EXTRACTOR, notes=notes)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """Returns the character that cuts the first rows into the same number of cells, most of all."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows = itertools.islice(_rows(text, delimiter), _LOOKED_AT)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=fit)
