"""`python -m retrieval.evaluation FILE...`: how good the answers to questions with known ones are.

A file is in SQuAD format, and a library is built of its articles; or it holds JSON lines
{"question", "answers"} about the articles in ARTICLES. The figures are printed, saved as JSON with
the commit, and drawn as PNG.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import Progress as Bar

from config.command_line import run_command
from config.errors import ClippingError
from config.extras import require_extra
from config.settings import Settings, load_settings
from index.library.build import current_library
from index.library.encoders import open_encoder
from index.library.progress import Progress
from retrieval.answerer import Answerer
from retrieval.evaluation.figures import figures, table_of
from retrieval.evaluation.gold import GoldSet, read_lines, read_squad
from retrieval.evaluation.trials import Trials, asked_in_all, sampled, try_all, type_all_casually
from retrieval.models import open_models

if TYPE_CHECKING:
    from index.models.encoder import Encoder

# The folder inside LIBRARY for the libraries of SQuAD files.
_HOME = "gold"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--sample", type=int, help="Ask only so many of each file's questions.")
@click.option("--typed", is_flag=True, help="Ask as people type: small letters, slips, …")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("reports"),
    help="For the JSON and the plots.",
)
def main(files: tuple[Path, ...], sample: int | None, out: Path, *, typed: bool) -> None:
    """Measure the answers on FILES."""
    require_extra("evaluate", f"`python -m {__package__}`")
    console = Console()
    settings = load_settings()
    try:
        every = _trials_of(files, settings, console, sample=sample, typed=typed)
    except ClippingError as error:
        raise click.ClickException(str(error)) from error
    by_name = {trials.name: figures(trials) for trials in every}
    console.print(table_of(by_name))
    out.mkdir(parents=True, exist_ok=True)
    saved = {
        "commit": _commit(),
        "reader": settings.reader_model,
        "sample": sample,
        "typed": typed,
        "files": by_name,
    }
    (out / "evaluate.json").write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")
    _draw(every, by_name, out)


def load(path: Path, settings: Settings, encoder: Encoder) -> GoldSet:
    """Reads a file and builds the library that its questions are asked of.

    Raises:
        ClippingError: The file cannot be read; one sentence says why.
    """
    if path.suffix == ".jsonl":
        library = current_library(settings.articles, settings.library, encoder)
        return read_lines(path, library)
    home = settings.library / _HOME / f"{path.parent.name}-{path.stem}"
    return read_squad(path, home, encoder, Progress())


def _trials_of(
    files: tuple[Path, ...],
    settings: Settings,
    console: Console,
    *,
    sample: int | None,
    typed: bool,
) -> list[Trials]:
    """Asks the questions of each file, with a progress bar for each."""
    models = open_models(settings.reader_model, settings.library / "readers")
    encoder = open_encoder(settings.library, settings.encoder_model)
    every = []
    with Bar(console=console) as bar:
        for path in files:
            gold_set = load(path, settings, encoder)
            questions = sampled(gold_set, sample)
            questions = type_all_casually(questions) if typed else questions
            task = bar.add_task(gold_set.name, total=asked_in_all(questions))
            answerer = Answerer(gold_set.library, models)
            every.append(
                try_all(answerer, gold_set, questions, lambda task=task: bar.advance(task))  # type: ignore[misc]  # mypy cannot type the default
            )
    return every


def _draw(every: list[Trials], by_name: dict[str, Any], out: Path) -> None:
    from retrieval.evaluation.plots import draw_all  # noqa: PLC0415  -- of the extra `evaluate`

    draw_all(
        {trials.name: trials.confidence() for trials in every if trials.taken_out}, by_name, out
    )


def _commit() -> str | None:
    command = ["git", "describe", "--always", "--dirty"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  -- a fixed command
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


if __name__ == "__main__":
    run_command(main)
