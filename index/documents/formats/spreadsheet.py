"""Spreadsheets (.xlsx): the values of each sheet, each row with the header of its columns."""

from __future__ import annotations

import datetime
import io
import warnings
from typing import TYPE_CHECKING

import openpyxl

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import join_blocks, write_heading
from index.documents.formats.office_properties import read_properties
from index.documents.formats.sheet import MAX_CELLS, write_sheet
from index.documents.formats.zip_package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = f"openpyxl {openpyxl.__version__}; clipping xlsx 1"
_MIDNIGHT = datetime.time()


def read_xlsx(data: bytes) -> Contents:
    """Returns the contents of a spreadsheet: a section for each sheet that is not hidden.

    A cell with a formula has the value that was last computed.

    Raises:
        UnreadableError: It is damaged, protected by a password, too large, or holds no value.
    """
    package = Package(data)
    package.check_xml()
    text = join_blocks(_sheets(data))
    if not text:
        raise UnreadableError("it holds no value in any cell")
    metadata = read_properties(package, has_title=False)
    return from_markdown(text, metadata, extractor=EXTRACTOR)


def _sheets(data: bytes) -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it does not read, such as drawings
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in shown:
                sheet.reset_dimensions()  # what a file states of its size may be wrong
                table = write_sheet(_rows(sheet))
                yield write_heading(2, escape_markdown(sheet.title)) if table else ""
                yield table
    except UnreadableError:
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        raise UnreadableError("it is damaged: open it in its program and save it again") from error


def _rows(sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet) -> Iterator[list[str]]:
    # A file of a few bytes may state that its only cell stands in the last row and column.
    left = 10 * MAX_CELLS
    for row in sheet.iter_rows():
        left -= 1 + len(row)
        if left < 0:
            raise UnreadableError(f"it has more than {MAX_CELLS:,} cells; split it")
        cells = [_shown(cell.value, str(cell.number_format or "")) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _shown(value: object, number_format: str) -> str:
    """Returns a value as people read it: dates as 2024-05-31, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat()
            if value.time() == _MIDNIGHT
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return f"{value * 100:.10g}%" if "%" in number_format else f"{value:.15g}"
    return str(value)
