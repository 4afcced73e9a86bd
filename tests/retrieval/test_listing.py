"""Which blocks a list consists of, and how much of it is shown."""

from __future__ import annotations

import time

from index.documents.outline import structure_of
from index.documents.structure import Block, BlockKind, Structure
from retrieval.listing import (
    MAX_ITEMS,
    MAX_WHOLE_CHARS,
    Stretch,
    first_blocks,
    is_numbered,
    neighbouring_item,
    outermost_list,
    with_inner_blocks,
)
from tests.fakes import markdown_article

BREAD = """# Bread

You need:

1. Flour

   Rye is best.
2. Seeds
   - sunflower
   - linseed

     crushed
3. Water

Bake it.

1. Cut it.
"""


def texts(page: str, rows: list[int]) -> list[str]:
    article = markdown_article(page)
    return [
        article.text[b.start : b.end] for b in map(structure_of(article).blocks.__getitem__, rows)
    ]


def position(page: str, words: str) -> int:
    article = markdown_article(page)
    at = structure_of(article).block_at(page.index(words))
    assert at is not None
    return at


def test_a_list_holds_what_stands_in_its_items_and_nothing_else() -> None:
    structure = structure_of(markdown_article(BREAD))
    wanted = ["1. Flour", "Rye is best.", "2. Seeds", "sunflower", "linseed", "crushed", "3. Water"]
    for words in ("Flour", "Rye", "sunflower", "crushed", "Water"):
        assert texts(BREAD, outermost_list(structure, position(BREAD, words))) == wanted
    assert texts(BREAD, outermost_list(structure, position(BREAD, "Cut it"))) == ["1. Cut it."]


STAGES = (
    "# Tent\n\nStep 1: Unroll it.\n\nMind the zip.\n\nStep 2: Raise it.\n\n## Care\n\nDry it.\n"
)


def test_steps_with_paragraphs_between_them_are_one_list() -> None:
    structure = structure_of(markdown_article(STAGES))
    wanted = ["Step 1: Unroll it.", "Mind the zip.", "Step 2: Raise it."]
    first, last = position(STAGES, "Unroll"), position(STAGES, "Raise")
    assert texts(STAGES, outermost_list(structure, first)) == wanted
    assert texts(STAGES, outermost_list(structure, last)) == wanted
    assert neighbouring_item(structure, first, 1) == last
    assert neighbouring_item(structure, last, 1) is None
    assert is_numbered(markdown_article(STAGES), last)


def test_a_list_that_begins_too_far_above_to_be_shown_is_not_looked_at() -> None:
    item = "- " + "a" * 98 + "\n"
    structure = structure_of(markdown_article(item * 20))
    assert outermost_list(structure, MAX_WHOLE_CHARS // 100 - 1) == list(range(20))
    assert outermost_list(structure, MAX_WHOLE_CHARS // 100 + 1) == []


def test_an_item_comes_with_what_stands_in_it() -> None:
    structure = structure_of(markdown_article(BREAD))
    item = with_inner_blocks(structure, position(BREAD, "Seeds"))
    assert texts(BREAD, item) == ["2. Seeds", "sunflower", "linseed", "crushed"]
    assert texts(BREAD, with_inner_blocks(structure, position(BREAD, "3. Water"))) == ["3. Water"]


def test_the_item_after_another_is_of_the_same_list() -> None:
    structure = structure_of(markdown_article(BREAD))
    seeds, water = position(BREAD, "2. Seeds"), position(BREAD, "3. Water")
    assert neighbouring_item(structure, seeds, 1) == water
    assert neighbouring_item(structure, water, -1) == seeds
    assert neighbouring_item(structure, water, 1) is None
    assert neighbouring_item(structure, position(BREAD, "Bake"), 1) is None
    assert neighbouring_item(structure, position(BREAD, "linseed"), 1) is None


def test_a_number_before_an_item_is_no_amount_and_no_day() -> None:
    page = "1. Stir.\n2) Wait.\n\n- 2 cups of rye\n- 3.5 kg of salt\n- 4. May: regatta\n"
    article = markdown_article(page)
    numbered = [
        page[block.start : block.end]
        for row, block in enumerate(structure_of(article).blocks)
        if is_numbered(article, row)
    ]
    assert numbered == ["1. Stir.", "2) Wait."]


def list_of(*texts: str) -> tuple[Structure, list[int]]:
    structure = structure_of(markdown_article("".join(f"- {text}\n" for text in texts)))
    return structure, list(range(len(structure.blocks)))


def test_of_a_list_with_many_items_the_first_are_shown_and_the_rest_are_counted() -> None:
    structure, rows = list_of(*(f"item {number}" for number in range(MAX_ITEMS + 5)))
    shown = first_blocks(structure, structure.blocks[0].start, rows)
    assert shown == Stretch(structure.blocks[0].start, structure.blocks[MAX_ITEMS - 1].end, 5)


def test_of_a_long_list_as_many_items_are_shown_as_may_stand_together() -> None:
    half = "a" * (MAX_WHOLE_CHARS // 2 - 10)
    structure, rows = list_of(half, half, half)
    shown = first_blocks(structure, 0, rows)
    assert shown == Stretch(0, structure.blocks[1].end, 1)


def test_of_a_list_whose_first_item_is_too_long_nothing_is_shown() -> None:
    structure, rows = list_of("a" * MAX_WHOLE_CHARS, "b")
    assert first_blocks(structure, 0, rows) is None
    assert first_blocks(structure, 0, []) is None


def test_only_outer_items_are_counted_and_no_item_is_cut() -> None:
    item = "- outer\n\n  A paragraph of it.\n  - inner\n"
    structure = structure_of(markdown_article(item * (MAX_ITEMS + 2)))
    rows = list(range(len(structure.blocks)))
    shown = first_blocks(structure, structure.blocks[0].start, rows)
    assert shown is not None
    assert shown.more == 2
    assert shown.end == structure.blocks[MAX_ITEMS * 3 - 1].end


def test_the_header_of_a_table_alone_is_not_shown_as_its_rows() -> None:
    page = f"| Name |\n| --- |\n| {'a' * MAX_WHOLE_CHARS} |\n"
    structure = structure_of(markdown_article(page))
    assert first_blocks(structure, 0, range(len(structure.blocks))) is None


def test_a_list_in_an_article_of_very_many_blocks_is_found_at_once() -> None:
    lists = 7_000
    blocks = [
        Block(BlockKind.ITEM, at * 10, at * 10 + 5, level=1, group=at // 3)
        for at in range(3 * lists)
    ]
    structure = Structure(tuple(blocks))
    began = time.perf_counter()
    for at in range(0, 3 * lists, 210):
        assert outermost_list(structure, at) == [at, at + 1, at + 2]
    assert time.perf_counter() - began < 0.5  # a hundred scans of all blocks take some seconds
