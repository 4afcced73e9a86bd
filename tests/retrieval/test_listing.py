"""Which blocks a list consists of."""

from __future__ import annotations

import time

from index.documents.markdown.finder import find_structure
from retrieval.listing import outermost_list, with_inner_blocks

PAGE = "Before.\n\n1. one\n\n   more\n   - inner\n2. two\n\nAfter.\n"


def test_the_outermost_list_holds_what_stands_in_its_items() -> None:
    structure = find_structure(PAGE)
    assert [outermost_list(structure, at) for at in (1, 3, 4)] == [[1, 2, 3, 4]] * 3


def test_an_item_holds_what_stands_in_it() -> None:
    assert with_inner_blocks(find_structure(PAGE), 1) == [1, 2, 3]
    assert with_inner_blocks(find_structure(PAGE), 4) == [4]


def test_a_list_of_ten_thousand_items_is_found_at_once() -> None:
    structure = find_structure("- item\n\n  more\n" * 10_000)
    began = time.process_time()
    assert len(outermost_list(structure, 5)) == 20_000
    assert time.process_time() - began < 1
