"""Lines grouped by the empty lines between them."""

from __future__ import annotations

import pytest

from index.documents.blocks import find_blocks, is_wrapped, trim


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("a\nb\n\nc", [["a", "b"], ["c"]]),
        ("a\r\nb\r\n\r\nc", [["a", "b"], ["c"]]),
        (" a \n \t\n\u2003b", [["a"], ["b"]]),
        ("a\x85\u2028b", [["a"], ["b"]]),
        ("a\x0bb\x0b\x0bc", [["a", "b", "c"]]),
        ("\n \n", []),
    ],
)
def test_an_empty_line_ends_a_block(text: str, blocks: list[list[str]]) -> None:
    found = [[text[start:end] for start, end in block] for block in find_blocks(text, 0)]
    assert found == blocks


def test_blocks_begin_where_the_body_begins() -> None:
    assert list(find_blocks("front\n\nbody", 7)) == [[(7, 11)]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Somebody wrote this in an editor that breaks each of its", "lines at the same width."],
        # A long word moves on whole, and a line may end with a sentence.
        ["The council met on Monday in the", "Oberbuergermeisterzimmer. It decided", "to go."],
        # Lines of about 120 characters, whatever their first words are.
        [
            "word " * 21 + "and the last",
            "Words " * 17 + "and the last",
            "Word.",
        ],
        # A narrow column with hyphens.
        ["The harbour authority announ-", "ced that it would be post-", "poned."],
        # Broken by hand behind a comma.
        ["Because the northern pier has sunk since the flood,", "it is closed.", "so", "they say."],
    ],
)
def test_lines_that_were_broken_inside_sentences_are_wrapped(lines: list[str]) -> None:
    assert _is_wrapped(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["One paragraph."],
        ["A paragraph that fills a line, and ends.", "Another that fills a line, and ends."],
        ["milk", "eggs", "bread"],
        ["A headline of the story in one line", "By Ann Lee"],
        ["A paragraph without an end " * 8, "Another one. It is short."],
        # The next word would have fitted.
        ["Name of the first of all of them", "Ann", "Name of the second one of them all", "Bob"],
    ],
)
def test_lines_that_are_paragraphs_are_not_wrapped(lines: list[str]) -> None:
    assert not _is_wrapped(lines)


def _is_wrapped(lines: list[str]) -> bool:
    text = "\n".join(lines)
    (block,) = find_blocks(text, 0)
    return is_wrapped(text, block)


def test_a_range_is_trimmed_to_what_is_not_white_space() -> None:
    assert trim("  ab \n", 0, 6) == (2, 4)
    assert trim("  ab \n", 4, 6) is None
