"""Turns checkpoints into the shipped folder, and measures what the model card states."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from index.models.quantise import quantise
from index.models.runtime import Graph
from retrieval.reader import TOKENIZER
from retrieval.training.export import average, load, ship, write_graph
from retrieval.training.loop import END, STEP
from retrieval.training.measure import report, search_all
from retrieval.training.network import from_minilm
from retrieval.training.pool import read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from torch import Tensor

Table = dict[str, dict[str, float]]

# Options of `quantise`, in the order of preference: a later one must measure better to be shipped.
PACKINGS: dict[str, dict[str, bool]] = {
    "int8": {},
    "int8, one scale a matrix": {"per_channel": False},
    "int8, seven bits": {"reduce_range": True},
}


@dataclass(frozen=True, slots=True)
class Folders:
    """Where training finds and leaves its files.

    Attributes:
        data: Files of questions in SQuAD format.
        encoder: all-MiniLM-L6-v2.
        work: Checkpoints and other files that are not shipped.
    """

    data: Path
    encoder: Path
    work: Path

    def checkpoints(self) -> list[Path]:
        """Lists the checkpoints, oldest first."""
        found = [*self.work.glob(f"{STEP}-*.pt"), *self.work.glob(f"{END}-*.pt")]
        return sorted(found, key=lambda path: path.stem.rpartition("-")[2])

    def ends(self) -> list[Path]:
        """Lists the checkpoints at the ends of runs, oldest first."""
        return [path for path in self.checkpoints() if path.stem.startswith(END)]

    def mean(self, runs: Sequence[int]) -> dict[str, Tensor]:
        """Averages the weights at the ends of some runs, numbered from 1.

        Raises:
            click.UsageError: One of the runs has not ended.
        """
        ends = self.ends()
        if max(runs) > len(ends):
            raise click.UsageError(f"run {max(runs)} has not ended, only {len(ends)} have")
        return average([ends[run - 1] for run in runs])


def build(folders: Folders, runs: Sequence[int]) -> Path:
    """Writes a float32 graph of the mean of some runs' ends and returns its path.

    Without any runs the last checkpoint is written.
    """
    graph = folders.work / "float.onnx"
    weights = folders.mean(runs) if runs else average(folders.checkpoints()[-1:])
    write_graph(load(from_minilm(folders.encoder), weights), graph)
    return graph


def ship_untried(folders: Folders, target: Path, runs: Sequence[int]) -> None:
    """Puts weights into a folder, packed in the preferred way, without measuring them."""
    packed = folders.work / "untried.onnx"
    quantise(build(folders, runs), packed, **PACKINGS["int8"])
    ship(packed, folders.encoder / TOKENIZER, target)


def measured(folders: Folders, graphs: dict[str, Path], questions: int) -> dict[str, Table]:
    """Measures graphs on so many held-out questions of each source; tables by graph name."""
    held = read_folder(folders.data)[1]
    searched = search_all(held, folders.encoder, per_source=questions)
    tokenizer = folders.encoder / TOKENIZER
    return {name: report(searched, Graph(graph).run, tokenizer) for name, graph in graphs.items()}


def ship_best(
    folders: Folders, target: Path, runs: Sequence[int], *, questions: int
) -> dict[str, Table]:
    """Packs the averaged weights in each way, measures each packing and ships the best.

    Returns:
        The measurements by packing, `float` first. `report.json` in the work folder holds the same.
    """
    graphs = {"float": build(folders, runs)}
    for number, (name, packing) in enumerate(PACKINGS.items()):
        graphs[name] = folders.work / f"packed-{number}.onnx"
        quantise(graphs["float"], graphs[name], **packing)
    results = measured(folders, graphs, questions)
    best = max(PACKINGS, key=lambda name: mean_quote(results[name]))
    ship(graphs[best], folders.encoder / TOKENIZER, target)
    (folders.work / "report.json").write_text(json.dumps(results, indent=1))
    return results


def mean_quote(table: Table) -> float:
    """Returns the mean over the sources of the share of questions with the right quote."""
    return sum(figures["quote"] for figures in table.values()) / len(table)
