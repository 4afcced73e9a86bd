"""The cells of a row."""

from __future__ import annotations

import pytest

from index.documents.cells import row_cells


@pytest.mark.parametrize(
    ("row", "first", "found"),
    [
        ("| a | b c |", "a", ["a", "b c"]),
        ("a | b", "a", ["a", "b"]),
        ("|  | b |", "b", ["", "b"]),
        ("> | a \\| b | c |", "a", ["a \\| b", "c"]),
        ("<tr><td>a</td><td>b</td></tr>", "a", ["a</td>", "b"]),
        ("<TR><TH></TH>\n<TH class='x'>b</TH>", "b", ["</TH>", "b"]),
    ],
)
def test_cells_are_found_in_markdown_and_in_html(row: str, first: str, found: list[str]) -> None:
    text = f"| x | y |\n|---|---|\n{row}\r\n| z |\n"
    start = text.index(row) + row.index(first)
    end = text.index(row) + row.rindex("b") + 1
    assert [text[left:right] for left, right in row_cells(text, start, end)] == found
