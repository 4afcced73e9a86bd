"""From checkpoints to the shipped folder, with the measurements that the model card states."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from index.models.quantise import quantise
from index.models.runtime import Graph
from retrieval.training.export import average, load, ship, write_graph
from retrieval.training.loop import END, STEP
from retrieval.training.measure import report, trials
from retrieval.training.network import from_minilm
from retrieval.training.pool import read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from torch import Tensor

Table = dict[str, dict[str, float]]

TOKENIZER = "tokenizer.json"
# Options of `quantise`, in the order of preference: a later one must measure better to be shipped.
PACKINGS: dict[str, dict[str, bool]] = {
    "int8": {},
    "int8, one scale a matrix": {"per_channel": False},
    "int8, seven bits": {"reduce_range": True},
}


@dataclass(frozen=True, slots=True)
class Places:
    """Folders: question files, all-MiniLM-L6-v2, and work files such as checkpoints."""

    data: Path
    encoder: Path
    work: Path

    def checkpoints(self) -> list[Path]:
        """List the checkpoints, oldest first."""
        found = [*self.work.glob(f"{STEP}-*.pt"), *self.work.glob(f"{END}-*.pt")]
        return sorted(found, key=lambda path: path.stem.rpartition("-")[2])

    def ends(self) -> list[Path]:
        """List those at the ends of runs."""
        return [path for path in self.checkpoints() if path.stem.startswith(END)]

    def mean(self, runs: Sequence[int]) -> dict[str, Tensor]:
        """Average the weights at the ends of some runs, numbered from 1.

        Raises:
            click.UsageError: One of them has not ended.
        """
        ends = self.ends()
        if max(runs) > len(ends):
            raise click.UsageError(f"run {max(runs)} has not ended, only {len(ends)} have")
        return average([ends[run - 1] for run in runs])


def build(places: Places, runs: Sequence[int]) -> Path:
    """Average the ends of some runs and write them as a float32 graph; returns its path.

    Without any, the last checkpoint is written.
    """
    graph = places.work / "float.onnx"
    weights = places.mean(runs) if runs else average(places.checkpoints()[-1:])
    write_graph(load(from_minilm(places.encoder), weights), graph)
    return graph


def ship_untried(places: Places, target: Path, runs: Sequence[int]) -> None:
    """Put weights into a folder, packed in the preferred way, without measuring."""
    packed = places.work / "untried.onnx"
    quantise(build(places, runs), packed, **PACKINGS["int8"])
    ship(packed, places.encoder / TOKENIZER, target)


def measured(places: Places, graphs: dict[str, Path], questions: int) -> dict[str, Table]:
    """Measure graphs on so many held-out questions a source; tables by the graphs' names."""
    held = read_folder(places.data)[1]
    tried = trials(held, places.encoder, per_source=questions)
    tokenizer = places.encoder / TOKENIZER
    return {name: report(tried, Graph(graph).run, tokenizer) for name, graph in graphs.items()}


def ship_best(
    places: Places, target: Path, runs: Sequence[int], *, questions: int
) -> dict[str, Table]:
    """Pack the averaged weights in each way, measure each, ship the best.

    Returns:
        The measurements by packing, `float` first; `report.json` among the
        work files holds the same.
    """
    graphs = {"float": build(places, runs)}
    for number, (name, packing) in enumerate(PACKINGS.items()):
        graphs[name] = places.work / f"packed-{number}.onnx"
        quantise(graphs["float"], graphs[name], **packing)
    results = measured(places, graphs, questions)
    best = max(PACKINGS, key=lambda name: mean_quote(results[name]))
    ship(graphs[best], places.encoder / TOKENIZER, target)
    (places.work / "report.json").write_text(json.dumps(results, indent=1))
    return results


def mean_quote(table: Table) -> float:
    """Average the share of questions with the right quote over the sources."""
    return sum(figures["quote_both"] for figures in table.values()) / len(table)
