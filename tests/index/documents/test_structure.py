"""Blocks are found by their place, with what is above them."""

from __future__ import annotations

from index.documents.structure import Block, BlockKind, Structure

FOUND = Structure(
    (
        Block(BlockKind.HEADING, 2, 5, level=1),
        Block(BlockKind.HEADING, 6, 8, level=2, heading=0),
        Block(BlockKind.ITEM, 9, 12, heading=1),
        Block(BlockKind.PARAGRAPH, 13, 14, heading=1, owner=2),
    )
)


def test_a_place_between_two_blocks_belongs_to_the_one_before() -> None:
    assert [FOUND.block_at(place) for place in (0, 2, 5, 6, 99)] == [None, 0, 0, 1, 3]


def test_paths_begin_with_the_outermost() -> None:
    assert FOUND.headings_of(3) == (0, 1)
    assert FOUND.owners_of(3) == (2,)
    assert FOUND.headings_of(0) == FOUND.owners_of(0) == ()
