"""Dense search agrees with NumPy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library.dense import DenseIndex

if TYPE_CHECKING:
    from index.models.runtime import Floats


def unit_rows(seed: int, rows: int, dim: int) -> Floats:
    values = np.random.default_rng(seed).normal(size=(rows, dim)).astype(np.float32)
    unit: Floats = values / np.linalg.norm(values, axis=1, keepdims=True)
    return unit


def test_asking_for_more_than_there_is_returns_what_there_is() -> None:
    index = DenseIndex.from_vectors(np.eye(2, 4, dtype=np.float32))
    east = np.array([1, 0, 0, 0], dtype=np.float32)
    assert index.nearest(east, 5) == [(0, 1.0), (1, 0.0)]


def test_an_empty_index_finds_nothing() -> None:
    index = DenseIndex.from_vectors(np.zeros((0, 4), dtype=np.float32))
    assert index.nearest(np.array([1, 0, 0, 0], dtype=np.float32), 5) == []
    assert len(index) == 0


def test_equal_cosines_come_by_row() -> None:
    east, north = [1.0, 0.0], [0.0, 1.0]
    index = DenseIndex.from_vectors(np.array([north, east, north, east, east], dtype=np.float32))
    rows = [row for row, _ in index.nearest(np.array(east, dtype=np.float32), 5)]
    assert rows == [1, 3, 4, 0, 2]


@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(1, 40),
    limit=st.integers(1, 50),
)
def test_dense_search_finds_what_numpy_finds(seed: int, rows: int, limit: int) -> None:
    vectors = unit_rows(seed, rows, 8)
    query = unit_rows(seed + 1, 1, 8)[0]
    found = DenseIndex.from_vectors(vectors).nearest(query, limit)

    cosines = vectors @ query
    expected = np.lexsort((np.arange(rows), -cosines))[:limit]
    assert [row for row, _ in found] == expected.tolist()
    np.testing.assert_allclose([score for _, score in found], cosines[expected], atol=1e-6)


def test_a_saved_index_is_the_same_index(tmp_path: Path) -> None:
    vectors = unit_rows(1, 5, 8)
    DenseIndex.from_vectors(vectors).save(tmp_path / "v.faiss")
    opened = DenseIndex.open(tmp_path / "v.faiss")

    assert len(opened) == 5
    np.testing.assert_array_equal(opened.vectors([4, 0]), vectors[[4, 0]])
    assert opened.vectors([]).shape == (0, 8)


def test_a_full_disk_is_an_error_of_the_file_system() -> None:
    with pytest.raises(OSError, match="No space left on device"):
        DenseIndex.from_vectors(unit_rows(1, 5, 8)).save(Path("/dev/full"))


def test_the_file_is_the_one_that_faiss_writes(tmp_path: Path) -> None:
    index = DenseIndex.from_vectors(unit_rows(1, 2_000, 8))
    index.save(tmp_path / "ours.faiss")
    faiss.write_index(index._flat, str(tmp_path / "theirs.faiss"))  # noqa: SLF001  -- compared
    assert (tmp_path / "ours.faiss").read_bytes() == (tmp_path / "theirs.faiss").read_bytes()
