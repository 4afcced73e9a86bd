"""The structures of articles as arrays of whole numbers.

blocks.npy   (blocks, 9): the article's position, the kind's position in `BlockKind`, start,
end, level, heading, owner, group, page; -1 stands for None
ranges.npy   (ranges, 6): the article's position, what the range is, start, end, and where the
target of a link begins and ends; -1 stands for no target
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.documents.structure import Block, BlockKind, Mark, MarkKind, Structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from index.documents.structure import Range

_KINDS = tuple(BlockKind)
# What a range is: hidden, an entity, or a mark of the kind that stands here.
_RANGES = ("hidden", "entity", *MarkKind)
_BLOCK_COLUMNS, _RANGE_COLUMNS = 9, 6

Rows: TypeAlias = "npt.NDArray[np.int64]"


def write_structures(structures: Sequence[Structure], folder: Path) -> None:
    """Writes the structures of articles, in the order of the articles."""
    blocks = [
        (position, *_block_row(block))
        for position, structure in enumerate(structures)
        for block in structure.blocks
    ]
    ranges = [
        (position, *row)
        for position, structure in enumerate(structures)
        for row in _range_rows(structure)
    ]
    np.save(folder / "blocks.npy", np.asarray(blocks, np.int64).reshape(-1, _BLOCK_COLUMNS))
    np.save(folder / "ranges.npy", np.asarray(ranges, np.int64).reshape(-1, _RANGE_COLUMNS))


def read_structures(folder: Path, count: int) -> list[Structure]:
    """Reads what `write_structures` wrote, for so many articles.

    Raises:
        OSError, ValueError, IndexError: A file is missing or is not what it should be.
    """
    blocks = _by_article(np.load(folder / "blocks.npy"), count)
    ranges = _by_article(np.load(folder / "ranges.npy"), count)
    return [
        Structure(
            tuple(_block(row) for row in own.tolist()),
            tuple(_plain_ranges(some, "hidden")),
            tuple(_plain_ranges(some, "entity")),
            tuple(_marks(some)),
        )
        for own, some in zip(blocks, ranges, strict=True)
    ]


def _by_article(rows: Rows, count: int) -> list[Rows]:
    """Splits rows, which are in the order of the articles, into those of each article."""
    edges = np.searchsorted(rows[:, 0], np.arange(count + 1))
    return [rows[edges[at] : edges[at + 1], 1:] for at in range(count)]


def _block_row(block: Block) -> tuple[int, ...]:
    links = (block.heading, block.owner, block.group)
    kept = (-1 if link is None else link for link in links)
    return _KINDS.index(block.kind), block.start, block.end, block.level, *kept, block.page


def _block(row: Sequence[int]) -> Block:
    kind, start, end, level, *links, page = row
    heading, owner, group = (None if link < 0 else link for link in links)
    return Block(_KINDS[kind], start, end, level, heading, owner, group, page)


def _range_rows(structure: Structure) -> Iterator[tuple[int, ...]]:
    for name, ranges in (("hidden", structure.hidden), ("entity", structure.entities)):
        yield from ((_RANGES.index(name), start, end, -1, -1) for start, end in ranges)
    for mark in structure.marks:
        yield _RANGES.index(mark.kind), mark.start, mark.end, *(mark.target or (-1, -1))


def _plain_ranges(rows: Rows, name: str) -> Iterator[Range]:
    of_name = rows[rows[:, 0] == _RANGES.index(name)]
    yield from ((start, end) for start, end in of_name[:, 1:3].tolist())


def _marks(rows: Rows) -> Iterator[Mark]:
    for kind, start, end, left, right in rows.tolist():
        if kind >= len(_RANGES) - len(MarkKind):
            target = None if left < 0 else (left, right)
            yield Mark(MarkKind(_RANGES[kind]), start, end, target)
