"""Separated values and spreadsheets are turned into tables with a header."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.separated_values import read_csv, read_tsv
from index.documents.formats.spreadsheet import read_xlsx

TABLE = "| Who | Price |\n| --- | --- |\n| Child | 2 |\n| Adult \\| senior | 4 |\n"


@pytest.mark.parametrize(
    "data",
    [
        b"Who,Price\nChild,2\n\nAdult | senior,4\n",
        b"\xef\xbb\xbfWho;Price\r\nChild;2;;\r\n;\r\nAdult | senior;4\r\n",
        b'sep=;\n"Who";"Price"\n"Child";2\n"Adult\n | senior";4\n',
        "Who,Price\nChild,2\nAdult | senior,4\n".encode("utf-16"),
    ],
)
def test_separated_values_are_a_table(data: bytes) -> None:
    assert read_csv(data).text == TABLE


def test_values_between_tabs_may_hold_commas() -> None:
    assert read_tsv(b"Who\tPrice\nChild\t2,50\n").text.endswith("| Child | 2,50 |\n")


def test_a_line_above_the_header_is_a_paragraph() -> None:
    assert read_csv(b"Prices of 2024\nWho,Price\nChild,2\n").text.startswith(
        "Prices of 2024\n\n| Who | Price |\n"
    )


def test_how_it_was_decoded_is_said() -> None:
    contents = read_csv(b"Who,Price\nChild,\xa32\n")
    assert contents.notes == ("it was read as Windows-1252",)
    assert "£2" in contents.text


def test_too_many_cells_and_no_cells_are_refused() -> None:
    with pytest.raises(UnreadableError, match="it has more than 1,000,000 cells; split it"):
        read_csv(b"a,b,c,d,e,f\n" * 150_000)
    with pytest.raises(UnreadableError, match="it is empty"):
        read_csv(b" ,\n,,\n")


def book(**sheets: list[list[object]]) -> openpyxl.Workbook:
    written = openpyxl.Workbook()
    written.remove(written.active)
    for name, rows in sheets.items():
        sheet = written.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return written


def saved(written: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def test_each_sheet_is_a_section_and_hidden_sheets_are_not_read() -> None:
    written = book(
        Prices=[["Who", "Price", "Share"], ["Child", 2.0, 0.055], [None], ["Adult", 4.5, None]],
        Days=[["Day", "Open"], [datetime.date(2024, 5, 31), True]],
        Secret=[["x"]],
    )
    written["Prices"]["C2"].number_format = "0.0%"
    written["Secret"].sheet_state = "hidden"
    assert read_xlsx(saved(written)).text == (
        "## Prices\n\n| Who | Price | Share |\n| --- | --- | --- |\n| Child | 2 | 5.5% |\n"
        "| Adult | 4.5 |  |\n\n"
        "## Days\n\n| Day | Open |\n| --- | --- |\n| 2024-05-31 | TRUE |\n"
    )


def with_part(data: bytes, name: str, content: str) -> bytes:
    """The same zip file with another content of one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>", "document type"),
        (" " * 60_000_000, "unpacks to more than 50 MB"),
        ("<worksheet><", "it is damaged"),
        (
            f"<worksheet {MAIN}><sheetData>"
            + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_000))
            + "</sheetData></worksheet>",
            "more than 1,000,000 cells",
        ),
    ],
)
def test_a_spreadsheet_that_would_overwhelm_is_refused(content: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_xlsx(with_part(saved(book(A=[["x"]])), SHEET, content))


def test_an_empty_or_damaged_spreadsheet_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it holds no value"):
        read_xlsx(saved(book(A=[])))
    with pytest.raises(UnreadableError, match="it is damaged"):
        read_xlsx(saved(book(A=[["x"]]))[:-40])
