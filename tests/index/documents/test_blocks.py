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
    ("lines", "wrapped"),
    [
        (["x" * 70, "x" * 68, "short."], True),
        (["x" * 70 + ".", "x" * 68 + ".", "short."], False),
        (["x" * 44, "x" * 44, "short"], False),
        (["x" * 101, "x" * 101, "short"], False),
        (["x" * 46, "x" * 76, "short"], False),
        (["x" * 70], False),
    ],
)
def test_lines_of_like_length_that_end_inside_sentences_are_wrapped(
    lines: list[str],
    wrapped: bool,
) -> None:
    text = "\n".join(lines)
    (block,) = find_blocks(text, 0)
    assert is_wrapped(text, block) is wrapped


def test_a_range_is_trimmed_to_what_is_not_white_space() -> None:
    assert trim("  ab \n", 0, 6) == (2, 4)
    assert trim("  ab \n", 4, 6) is None
