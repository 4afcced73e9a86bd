"""Structures as arrays on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.documents.structure import Block, BlockKind, Mark, MarkKind, Structure
from index.library.structures import read_structures, write_structures

if TYPE_CHECKING:
    from pathlib import Path

FULL = Structure(
    (
        Block(BlockKind.HEADING, 0, 3, level=7),
        Block(BlockKind.ITEM, 4, 9, level=1, heading=0, owner=0, group=0, page=3),
    ),
    hidden=((3, 4), (9, 11)),
    entities=((5, 6),),
    marks=(Mark(MarkKind.LINK, 4, 5, (9, 10)), Mark(MarkKind.STRONG, 6, 9)),
)


def test_what_was_written_is_read_for_each_article(tmp_path: Path) -> None:
    structures = [Structure(), FULL, Structure(), FULL, Structure(hidden=((0, 1),))]
    write_structures(structures, tmp_path)
    assert read_structures(tmp_path, 5) == structures


def test_no_articles_are_written_and_read(tmp_path: Path) -> None:
    write_structures([], tmp_path)
    assert read_structures(tmp_path, 0) == []


def test_a_kind_that_is_not_known_is_refused(tmp_path: Path) -> None:
    write_structures([FULL], tmp_path)
    rows = np.load(tmp_path / "blocks.npy")
    rows[0, 1] = len(BlockKind)
    np.save(tmp_path / "blocks.npy", rows)
    with pytest.raises(IndexError):
        read_structures(tmp_path, 1)
