"""Running an exported transformer on onnxruntime: the one place that imports it."""

from __future__ import annotations

import hashlib
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
    """A transformer's graph on the CPU: token ids in, named arrays out."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Load a graph.

        Raises:
            ModelError: The file is missing or is no ONNX graph.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or usable_cpus()
        options.log_severity_level = 3
        # Threads that wait busily take the processor from whoever else runs here: on a machine with
        # other work a batch then takes more than twice as long.
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
        """Run one padded batch of token sequences.

        Returns:
            The graph's outputs in its own order, each with one row per sequence.
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


class Crew:
    """Runs a graph on each sequence alone, one on each processor.

    That takes half the time of sharing out the arithmetic of one padded batch, and what comes out
    for a sequence depends on nothing beside it, which it would in a batch: int8 takes one scale
    for all.
    """

    def __init__(self, graph: Graph, name: str) -> None:
        """Set up for a graph that runs on one thread; `name` is for the threads."""
        # NumPy shares out the product of two larger matrices over threads that then wait busily for
        # the next one: they took the processors from these workers (150 ms a question, not 110).
        threadpoolctl.threadpool_limits(1, user_api="blas")
        self._graph = graph
        self._workers = ThreadPoolExecutor(usable_cpus(), thread_name_prefix=name)

    def run(self, encodings: Sequence[Encoding]) -> list[list[Floats]]:
        """The graph's outputs for each sequence, in order; the longest are begun first."""
        order = sorted(range(len(encodings)), key=lambda at: -len(encodings[at].ids))
        outputs = self._workers.map(lambda at: self._graph.run([encodings[at]]), order)
        found = dict(zip(order, outputs, strict=True))
        return [found[at] for at in range(len(encodings))]


def usable_cpus() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batches_by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Group positions into batches of like length, so that little of a batch is padding."""
    order = sorted(range(len(lengths)), key=lambda position: (lengths[position], position))
    for start in range(0, len(order), size):
        yield order[start : start + size]


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _padded(rows: Sequence[Sequence[int]], length: int) -> npt.NDArray[np.int64]:
    padded = np.zeros((len(rows), length), dtype=np.int64)
    for row, values in zip(padded, rows, strict=True):
        row[: len(values)] = values
    return padded
