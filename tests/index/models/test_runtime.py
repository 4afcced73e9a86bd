"""Batches of like length, and files that are not graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ModelError
from index.models.runtime import Graph, batches_by_length

if TYPE_CHECKING:
    from pathlib import Path


@given(lengths=st.lists(st.integers(0, 20)), size=st.integers(1, 5))
def test_every_text_is_in_one_batch_and_batches_grow_in_length(
    lengths: list[int], size: int
) -> None:
    batches = list(batches_by_length(lengths, size))
    flat = [position for batch in batches for position in batch]
    assert sorted(flat) == list(range(len(lengths)))
    assert [lengths[position] for position in flat] == sorted(lengths)
    assert all(len(batch) == size for batch in batches[:-1])


def test_a_file_that_is_not_a_graph_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.onnx").write_bytes(b"no graph")
    for path in (tmp_path / "x.onnx", tmp_path / "missing.onnx"):
        with pytest.raises(ModelError, match=rf"{path.name} cannot be loaded as an ONNX model"):
            Graph(path)
