"""What a passage is read with."""

from __future__ import annotations

import pytest

from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.documents.spans import Passage
from index.passages.context import context_lines, read_text

TABLE = "# Plans\n\n| Plan | Price |\n|---|---|\n| **Basic** | 12 &euro; |\n| Pro | |\n"
HTML = "<table><tr><th>Plan</th><th>Price</th></tr>\n<tr><td>Basic</td>\n<td>12</td></tr></table>\n"


def _passage(page: str, first: str, last: str, title: str | None = None) -> Passage:
    article = Article("a.md", title, page, structure=find_structure(page))
    start = page.index(first)
    return Passage(article, start, page.index(last, start) + len(last))


def test_title_headings_and_lead_in_are_read_in_this_order() -> None:
    page = "# Perks\n\n## Eye *cover*\n\nWe pay for:\n\n- glasses\n- lenses\n"
    assert context_lines(_passage(page, "glasses", "lenses", "Handbook")) == (
        *("Handbook", "Perks", "Eye cover", "We pay for:"),
    )
    assert context_lines(_passage(page, "We pay", "lenses", "Perks")) == ("Perks", "Eye cover")


def test_a_long_lead_in_is_cut() -> None:
    page = "word " * 60 + "so:\n\n- item\n"
    (line,) = context_lines(_passage(page, "item", "item"))
    assert len(line) == 200


@pytest.mark.parametrize("page", [TABLE, HTML], ids=["Markdown", "HTML"])
def test_a_cell_is_read_behind_the_word_above_its_column(page: str) -> None:
    read = read_text(_passage(page, "Basic", "12"))
    assert read.text.startswith("Plan: Basic; Price: 12")
    at = read.text.index("Basic")
    assert page[read.starts[at] : read.ends[at + 4]] == "Basic"
    assert set(read.starts[: len("Plan: ")]) == {-1}


def test_a_header_alone_is_not_read_and_an_empty_cell_is_left_out() -> None:
    assert read_text(_passage(TABLE, "Plan |", "Pro")).text.split("\n")[:2] == [
        "Plan: Basic; Price: 12 €; ",
        "Plan: Pro; ",
    ]


def test_text_without_tables_is_read_as_it_is_seen() -> None:
    assert read_text(_passage("A *b* c &amp; d.", "A", "d.")).text == "A b c & d."


def test_a_table_without_a_title_is_told_from_another_by_the_name_of_its_file() -> None:
    table = find_structure("| line | fare |\n|---|---|\n| North | 12 |\n")
    text = "| line | fare |\n|---|---|\n| North | 12 |\n"
    start = text.index("North")
    made = Article("tables/fares-2023.csv", None, text, structure=table, extractor="csv 1")
    assert context_lines(Passage(made, start, start + 5))[0] == "fares 2023"
    written = Article("fares-2023.md", None, text, structure=table)
    assert context_lines(Passage(written, start, start + 5))[0] != "fares 2023"
