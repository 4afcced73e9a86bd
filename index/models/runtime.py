"""Running an exported transformer on onnxruntime."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnxruntime
import threadpoolctl

from config.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Encoding

Floats = npt.NDArray[np.float32]


class Graph:
    """A transformer's graph on the CPU: token ids in, arrays out."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Loads a graph.

        Args:
            path: The ONNX file.
            threads: How many threads compute one batch; None for one per usable processor.

        Raises:
            ModelError: The file is missing or is not an ONNX graph.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or usable_cpus()
        options.log_severity_level = 3
        # Threads that wait busily take the processor from everything else that runs here: on a
        # machine with other work a batch then takes more than twice as long.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises a class of its own for each kind of damage
            raise ModelError(
                f"{path} cannot be loaded as an ONNX model: restore or rebuild it."
            ) from error
        self._inputs = [node.name for node in self._session.get_inputs()]

    def run(self, encodings: Sequence[Encoding]) -> list[Floats]:
        """Runs one padded batch of token sequences.

        Returns:
            The graph's outputs in its own order; an output has one row per sequence.
        """
        length = max(len(encoding.ids) for encoding in encodings)
        arrays = {
            "input_ids": _padded([encoding.ids for encoding in encodings], length),
            "attention_mask": _padded([encoding.attention_mask for encoding in encodings], length),
            "token_type_ids": _padded([encoding.type_ids for encoding in encodings], length),
        }
        outputs: list[Floats] = self._session.run(
            None, {name: arrays[name] for name in self._inputs}
        )
        return outputs


class GraphPool:
    """Runs a graph on many sequences at the same time, one sequence per usable processor.

    That takes half the time of computing one padded batch with all processors. It also makes the
    output for a sequence independent of the other sequences: in a batch, int8 takes one scale for
    all of them.
    """

    def __init__(self, graph: Graph, name: str) -> None:
        """Starts the pool.

        Args:
            graph: A graph that was loaded with `threads=1`.
            name: The first part of the names of the pool's threads.
        """
        # NumPy computes the product of two larger matrices in threads that then wait busily for the
        # next product: they took the processors from this pool (150 ms a question, not 110).
        threadpoolctl.threadpool_limits(1, user_api="blas")
        self._graph = graph
        self._threads = ThreadPoolExecutor(usable_cpus(), thread_name_prefix=name)

    def run(self, encodings: Sequence[Encoding]) -> list[list[Floats]]:
        """Returns the graph's outputs for each sequence, in order; long sequences start first."""
        order = sorted(range(len(encodings)), key=lambda position: -len(encodings[position].ids))
        outputs = self._threads.map(lambda position: self._graph.run([encodings[position]]), order)
        found = dict(zip(order, outputs, strict=True))
        return [found[position] for position in range(len(encodings))]


def usable_cpus() -> int:
    """Returns how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches_by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Groups positions into batches of like length, so that little of a batch is padding.

    Args:
        lengths: The length of the sequence at each position.
        size: How many positions a batch holds; the last batch may hold fewer.
    """
    order = sorted(range(len(lengths)), key=lambda position: (lengths[position], position))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def _padded(rows: Sequence[Sequence[int]], length: int) -> npt.NDArray[np.int64]:
    padded = np.zeros((len(rows), length), dtype=np.int64)
    for row, values in zip(padded, rows, strict=True):
        row[: len(values)] = values
    return padded
