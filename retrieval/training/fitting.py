"""`python -m retrieval.training.fitting DATA`: fits ranker and calibrator, writes decision.json.

Needs the extra `train`. The reader must not have learned from the questions used here, since it is
surer of what it has seen. So only the questions that training holds out are asked.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from rich.progress import Progress as Bar

from config.command_line import run_command
from config.extras import require_extra
from config.settings import load_settings
from index.library.encoders import open_encoder
from index.library.progress import Progress
from retrieval.answerer import Answerer
from retrieval.evaluation.gold import read_squad
from retrieval.evaluation.measures import answered_at, auroc, calibration_error
from retrieval.models import DECISION, OWN, SHIPPED, WITH_READER, WITHOUT_READER, open_models
from retrieval.training.calibration_fitting import (
    fit_calibrator,
    probabilities,
    probability_of,
    reranked,
)
from retrieval.training.observing import WAYS, Observed, held_out, observe
from retrieval.training.rank_fitting import fit_ranker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.calibrator import Calibrator
    from retrieval.models import Models
    from retrieval.ranker import Ranker

# Reviews ask "what size is it?" of any product and privacy policies the same of every site, so that
# even people could not tell which product is meant. Reddit is one article, and without it nothing
# is left.
FILES = ("wiki", "squad2")


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--reader", "model", default=OWN, help="A reader's folder; its decision goes there.")
def main(data: Path, model: str) -> None:
    """Fit on the training files in DATA, leaving each out once to check the fit."""
    require_extra("train", f"`python -m {__package__}.fitting`")
    folder = SHIPPED if model == OWN else Path(model)
    models = open_models(model, load_settings().library / "readers")
    fields = {}
    for part, used in ((WITH_READER, models), (WITHOUT_READER, replace(models, reader=None))):
        observed = gather(data, used)
        for left_out in FILES:
            others = fit([each for each in observed if each.file != left_out])
            click.echo(
                f"{part}, {left_out} left out: "
                + report([each for each in observed if each.file == left_out], *others)
            )
        ranker, calibrator = fit(observed)
        click.echo(f"{part}, all: " + report(observed, ranker, calibrator))
        fields[part] = as_fields(ranker, calibrator)
    (folder / DECISION).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")


def fit(observed: Sequence[Observed]) -> tuple[Ranker, Calibrator]:
    """Fits the ranker, then the calibrator for the ranker's order."""
    ranker = fit_ranker(observed)
    return ranker, fit_calibrator(ranker, observed)


def gather(data: Path, models: Models) -> list[Observed]:
    """Observes the held-out questions of every file."""
    settings = load_settings()
    encoder = open_encoder(settings.library, settings.encoder_model)
    observed: list[Observed] = []
    with Bar() as bar:
        for name in FILES:
            home = settings.library / "gold" / name
            whole = read_squad(data / f"{name}.json", home, encoder, Progress())
            gold_set = held_out(data, name, whole)
            task = bar.add_task(name, total=WAYS * len(gold_set.questions))
            # All contexts are compared here. Which of them are compared when a question is asked
            # follows from the weights that are fitted here.
            answerer = Answerer(gold_set.library, models, rerank_top_k=None)
            observed += observe(answerer, gold_set, lambda task=task: bar.advance(task))  # type: ignore[misc]  # mypy cannot type the default
    return observed


def report(observed: Sequence[Observed], ranker: Ranker, calibrator: Calibrator) -> str:
    """Returns one line of figures for some questions under a ranker and a calibrator."""
    inside, outside = probabilities(ranker, calibrator, observed)
    plain = [each for each in observed if not each.near_miss]
    chances = [probability_of(ranker, calibrator, each) for each in plain]
    rights = [reranked(ranker, each)[1] for each in plain]
    answerable = [right for right, each in zip(rights, plain, strict=True) if each.answerable]
    near = [probability_of(ranker, calibrator, each) for each in observed if each.near_miss]
    passed = np.mean([chance >= calibrator.threshold for chance in near])
    return (
        f"quote@1 {np.mean(answerable):.3f}  AUROC {auroc(inside, outside):.3f}"
        f"  answered at 5 % {answered_at(inside, outside, 0.05):.3f}"
        f"  ECE {calibration_error(chances, rights):.3f}"
        f"  near misses answered {passed:.3f}  ({len(observed)} asked)"
    )


def as_fields(ranker: Ranker, calibrator: Calibrator) -> dict[str, Any]:
    """Returns what `retrieval.models.read_decision` reads as one part of the file."""
    return {"ranker": dict(ranker.weights), "calibrator": asdict(calibrator)}


if __name__ == "__main__":
    run_command(main)
