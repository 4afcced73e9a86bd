"""Search by meaning: the exact inner product of unit vectors, with faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from index.models.runtime import Floats


class DenseIndex:
    """The vectors of passages, in a FAISS index that compares a query with all of them."""

    def __init__(self, flat: faiss.Index) -> None:
        self._flat = flat

    @classmethod
    def from_vectors(cls, vectors: Floats) -> DenseIndex:
        """Indexes a copy of vectors of length 1, shape (rows, dim)."""
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(flat)

    @classmethod
    def open(cls, path: Path) -> DenseIndex:
        """Opens a saved index by mapping the file into memory."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))

    def save(self, path: Path) -> None:
        """Writes the index to a file.

        FAISS hands its bytes over, and Python writes them: FAISS itself says nothing when the disk
        turns out to be full as the file is closed.

        Raises:
            OSError: The file cannot be written.
        """
        failed: list[OSError] = []
        with path.open("wb") as file:

            def write(data: bytes) -> int:
                try:
                    return file.write(data)
                except OSError as error:
                    failed.append(error)
                    raise

            try:
                writer = faiss.PyCallbackIOWriter(write)  # type: ignore[attr-defined]  # its stubs lack it
                faiss.write_index(self._flat, writer)
            except Exception:
                if failed:
                    raise failed[0] from None
                raise

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    def nearest(self, query: Floats, limit: int) -> list[tuple[int, float]]:
        """Finds the rows closest in meaning to one question.

        Args:
            query: Shape (dim,), float32, length 1.
            limit: How many to return at most.

        Returns:
            (row, cosine) pairs, best first, equal cosines by row. Fewer than `limit` when the index
            is smaller: FAISS pads with row -1, which Python would read as the last row, so the
            padding is dropped here.
        """
        scores, rows = self._flat.search(query[np.newaxis, :], limit)
        pairs = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        found = [(row, score) for row, score in pairs if row >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def vectors(self, rows: list[int]) -> Floats:
        """Returns the stored vectors of some rows, shape (len(rows), dim)."""
        if not rows:
            return np.zeros((0, self._flat.d), dtype=np.float32)
        stored: Floats = self._flat.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return stored
