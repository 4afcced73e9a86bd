"""`python -m retrieval.training`: prepares, trains, exports and measures the reader."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch

from config.command_line import run_command
from config.extras import require_extra
from index.library.encoders import open_encoder
from index.models.weights import DEFAULT_MODEL, model_folder
from retrieval.late_interaction import PROJECTION
from retrieval.reader import TOKENIZER
from retrieval.training.batches import open_tokenizer
from retrieval.training.examples import ExampleSampler
from retrieval.training.loop import Plan, Trainer, run
from retrieval.training.network import from_minilm
from retrieval.training.pool import open_pool, read_folder, save_negatives
from retrieval.training.projection import comparisons, learn_projection, token_vectors_of
from retrieval.training.release import Folders, Table, measured, ship_best, ship_untried

FOLDER = click.Path(path_type=Path, file_okay=False)
NEGATIVES = "negatives.json"
RUN = click.IntRange(1)


@click.group()
@click.option("--data", type=FOLDER, required=True, help="Folder of files in SQuAD format.")
@click.option("--work", type=FOLDER, required=True, help="Folder for checkpoints and the like.")
@click.pass_context
def main(context: click.Context, data: Path, work: Path) -> None:
    """Train the reader and put it where the product looks for it."""
    require_extra("train", f"`python -m {__package__}`")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    work.mkdir(parents=True, exist_ok=True)
    context.obj = Folders(data, model_folder(DEFAULT_MODEL), work)


@main.command()
@click.option("--threads", default=4, show_default=True)
@click.pass_obj
def prepare(folders: Folders, threads: int) -> None:
    """Mine the hard negatives. Needed once, before training."""
    learn, held = read_folder(folders.data)
    torch.set_num_threads(threads)
    save_negatives(learn, folders.encoder, folders.work / NEGATIVES)
    click.echo(f"{len(learn)} questions to learn from, {len(held)} held out")


@main.command()
@click.option("--steps", default=6500, show_default=True, help="Batches to learn from.")
@click.option("--batch", default=32, show_default=True, help="Windows of one step.")
@click.option("--rate", default=2.5e-4, show_default=True, help="Highest learning rate.")
@click.option("--seed", default=7, show_default=True)
@click.option("--threads", default=4, show_default=True)
@click.option("--together", default=1, show_default=True, help="Windows asked at once.")
@click.option("--dropout", default=0.0, show_default=True, help="Share of states left out.")
@click.option("--until", type=click.DateTime(), help="End by then, UTC, whatever the steps.")
@click.option("--run", "number", default=1, type=RUN, show_default=True, help="Which run this is.")
@click.option("--begin", multiple=True, type=RUN, help="Runs to begin from the mean of.")
@click.pass_obj
def train(
    folders: Folders, /, number: int, begin: tuple[int, ...], until: datetime | None, **given: Any
) -> None:
    """Fine-tune the encoder, or the mean of earlier runs, into a reader.

    An interrupted run goes on from its last checkpoint. A run that has ended is left alone.
    """
    ended = folders.ends()
    if number <= len(ended):
        click.echo(f"run {number} has ended")
        return
    if number > len(ended) + 1:
        raise click.UsageError(f"run {len(ended) + 1} comes first")
    plan = Plan(until=until.replace(tzinfo=UTC).timestamp() if until else None, **given)
    learn, _ = read_folder(folders.data)
    sampler = ExampleSampler(open_pool(learn, folders.work / NEGATIVES), plan.seed)
    torch.manual_seed(plan.seed)
    trainer = Trainer(from_minilm(folders.encoder), plan)
    saved = folders.checkpoints()
    if saved and saved[-1] not in ended:
        trainer.restore(saved[-1])
    else:
        if begin:
            trainer.adopt(folders.mean(begin))
        if ended:
            trainer.follow(ended[-1])
    run(trainer, sampler, open_tokenizer(folders.encoder / TOKENIZER), folders.work)


@main.command()
@click.option("--target", type=FOLDER, required=True, help="The model's folder.")
@click.option("--questions", default=150, show_default=True, help="To measure on, a source.")
@click.option("--of", "runs", multiple=True, type=RUN, help="Runs to average; or the last weights.")
@click.option("--untried", is_flag=True, help="Do not measure, and do not choose a packing.")
@click.pass_obj
def export(
    folders: Folders, target: Path, questions: int, runs: tuple[int, ...], *, untried: bool
) -> None:
    """Write the averaged weights as int8 into the model's folder, packed the best way."""
    if untried:
        ship_untried(folders, target, runs)
    else:
        show(ship_best(folders, target, runs, questions=questions))


@main.command()
@click.option("--target", type=FOLDER, required=True, help="The model's folder.")
@click.option("--seed", default=7, show_default=True)
@click.option("--threads", default=4, show_default=True)
@click.pass_obj
def project(folders: Folders, target: Path, seed: int, threads: int) -> None:
    """Train the projection of the encoder's token vectors and put it into the model's folder."""
    target.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(threads)
    learn, _ = read_folder(folders.data)
    made = comparisons(open_pool(learn, folders.work / NEGATIVES), seed)
    asked, found = token_vectors_of(made, open_encoder(folders.work, DEFAULT_MODEL))
    projection = learn_projection(made, asked, found, seed=seed)
    np.savez(target / PROJECTION, projection=projection.astype(np.float16))


@main.command()
@click.argument("graph", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--questions", default=150, show_default=True, help="To measure on, a source.")
@click.pass_obj
def measure(folders: Folders, graph: Path, questions: int) -> None:
    """Measure a graph on the held-out questions."""
    show(measured(folders, {graph.name: graph}, questions))


def show(results: dict[str, Table]) -> None:
    """Prints measurements, a line for each graph and source."""
    for name, table in results.items():
        for source, figures in table.items():
            row = ", ".join(f"{key} {value:.3f}" for key, value in figures.items())
            click.echo(f"{name}; {source}: {row}")


if __name__ == "__main__":
    run_command(main)
