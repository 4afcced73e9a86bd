"""A structure while it is found."""

from __future__ import annotations

import pytest

from index.documents.markdown.draft import Draft
from index.documents.structure import BlockKind


@pytest.mark.parametrize("lead_in", ["Do this:", "as follows", "The following steps", "**So**:"])
def test_what_points_on_owns_the_next_block(lead_in: str) -> None:
    draft = Draft(lead_in + "\nx", 0)
    first = draft.add(BlockKind.PARAGRAPH, [(0, len(lead_in))])
    draft.add(BlockKind.CODE, [(len(lead_in) + 1, len(lead_in) + 2)])
    assert draft.structure().blocks[1].owner == first == 0


def test_blocks_are_put_in_the_order_of_the_text_with_what_they_belong_to() -> None:
    draft = Draft("note term", 0)
    term = draft.add(BlockKind.TERM, [(5, 9)])
    draft.add(BlockKind.DEFINITION, [(0, 4)], owner=term)
    assert [(block.start, block.owner) for block in draft.structure().blocks] == [(0, 1), (5, None)]


def test_where_nothing_is_seen_no_block_is_added() -> None:
    draft = Draft("a \n b", 0)
    assert draft.add(BlockKind.PARAGRAPH, [(1, 4)]) is None
    assert draft.structure().hidden == ((0, 5),)


def test_a_blank_between_two_marks_is_seen() -> None:
    draft = Draft("*a* *b*", 0)
    draft.add(BlockKind.PARAGRAPH, [(1, 2), (3, 4), (5, 6)])
    assert draft.structure().hidden == ((0, 1), (2, 3), (4, 5), (6, 7))
