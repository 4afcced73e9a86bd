"""`python -m retrieval.evaluation FILE...`: how good the answers are, on questions with known ones.

A file is in SQuAD format (a library is built of its articles) or holds JSON lines {"question",
"answers"} about the articles in ARTICLES. What is printed is also saved as JSON, with the commit,
and drawn as PNG.
"""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from rich.console import Console
from rich.progress import Progress as Bar
from rich.table import Table

from config.command_line import run_command
from config.errors import ClippingError
from config.extras import require_extra
from config.settings import Settings, load_settings
from index.library.build import current_library
from index.library.encoders import open_encoder
from index.library.progress import Progress
from retrieval.answerer import Answering
from retrieval.evaluation.gold import Gold, GoldSet, read_lines, read_squad
from retrieval.evaluation.measures import answered_at, auroc, calibration_error, exact_match, f1
from retrieval.evaluation.trials import (
    Trial,
    ask_all,
    ask_without_their_article,
    baselines,
    sampled,
)
from retrieval.evaluation.wording import as_typed
from retrieval.models import open_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.models.encoder import Encoder

FALSE_RATES = (0.01, 0.05, 0.10)
_HOME = "gold"


@dataclass(frozen=True, slots=True)
class Trials:
    """One file's questions, asked every way.

    Attributes:
        name: The file.
        answerable: Questions with an answer, asked of the whole library.
        taken_out: The same questions without the article that answers them.
        unanswerable: Questions that their own article does not answer.
        baselines: Quote@1 of plain searches.
    """

    name: str
    answerable: Sequence[Trial]
    taken_out: Sequence[Trial]
    unanswerable: Sequence[Trial]
    baselines: dict[str, float]

    def confidence(self) -> tuple[list[float], list[bool]]:
        """Every probability, and whether the clipping it belongs to was right."""
        every = [*self.answerable, *self.taken_out]
        return [trial.probability for trial in every], [trial.right for trial in every]


def figures(trials: Trials) -> dict[str, Any]:
    """All figures of one file; times in milliseconds."""
    asked = trials.answerable
    ranks = [trial.passage_rank for trial in asked]
    inside = [trial.probability for trial in asked]
    outside = [trial.probability for trial in trials.taken_out]
    unanswered = [trial.probability for trial in trials.unanswerable]
    result: dict[str, Any] = {
        "questions": len(asked),
        **{
            f"passage@{depth}": _mean(rank is not None and rank < depth for rank in ranks)
            for depth in (1, 5, 20)
        },
        "quote@1": _mean(trial.right for trial in asked),
        "quote@3": _mean(any(trial.quote_ranks) for trial in asked),
        "answer F1": _mean(f1(trial.answer or "", trial.gold.answers) for trial in asked),
        "answer EM": _mean(exact_match(trial.answer or "", trial.gold.answers) for trial in asked),
        "baselines": trials.baselines,
        "search ms": _times([trial.search_ms for trial in asked]),
        "read ms": _times([trial.total_ms - trial.search_ms for trial in asked]),
        "total ms": _times([trial.total_ms for trial in asked]),
    }
    if outside:
        result["AUROC"] = auroc(inside, outside)
        for rate in FALSE_RATES:
            result[f"answered at {rate:.0%} false"] = answered_at(inside, outside, rate)
        result["calibration error"] = calibration_error(*trials.confidence())
    if unanswered:
        result["unanswerable questions"] = len(unanswered)
        result["unanswerable AUROC"] = auroc(inside, unanswered)
    return result


def try_all(answering: Answering, gold_set: GoldSet, questions: Sequence[Gold], bar: Bar) -> Trials:
    """Ask a set's questions every way."""
    answerable = [gold for gold in questions if gold.answers]
    others = [gold for gold in questions if not gold.answers]
    asked_twice = sum(gold.article is not None for gold in answerable)
    task = bar.add_task(gold_set.name, total=len(questions) + asked_twice)

    def told() -> None:
        bar.advance(task)

    return Trials(
        name=gold_set.name,
        answerable=ask_all(answering, answerable, told),
        taken_out=ask_without_their_article(answering, answerable, told),
        unanswerable=ask_all(answering, others, told),
        baselines=baselines(gold_set.library, answerable) if answerable else {},
    )


def retyped(questions: Sequence[Gold]) -> list[Gold]:
    """The same questions as people type them, the same way each time."""
    rng = random.Random(0)  # noqa: S311  -- repeatable on purpose
    return [replace(gold, text=as_typed(gold.text, rng)) for gold in questions]


def print_figures(console: Console, by_name: dict[str, dict[str, Any]]) -> None:
    """Print one column for each file."""
    table = Table("", *by_name, title="Answers to questions with known ones")
    for name in dict.fromkeys(name for result in by_name.values() for name in result):
        table.add_row(name, *(_shown(result.get(name)) for result in by_name.values()))
    console.print(table)


def load(path: Path, settings: Settings, encoder: Encoder) -> GoldSet:
    """Read a file and build the library that its questions are asked of.

    Raises:
        ClippingError: The file cannot be read; one sentence says why.
    """
    if path.suffix == ".jsonl":
        library = current_library(settings.articles, settings.library, encoder)
        return read_lines(path, library)
    home = settings.library / _HOME / f"{path.parent.name}-{path.stem}"
    return read_squad(path, home, encoder, Progress())


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
    try:
        settings = load_settings()
        reader, decision = open_reader(settings.reader_model, settings.library / "readers")
        encoder = open_encoder(settings.library, settings.encoder_model)
        every = []
        with Bar(console=console) as bar:
            for path in files:
                gold_set = load(path, settings, encoder)
                answering = Answering(gold_set.library, decision, reader)
                questions = sampled(gold_set, sample)
                questions = retyped(questions) if typed else questions
                every.append(try_all(answering, gold_set, questions, bar))
    except ClippingError as error:
        raise click.ClickException(str(error)) from error
    by_name = {trials.name: figures(trials) for trials in every}
    print_figures(console, by_name)
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


def _mean(values: Any) -> float:
    numbers = [float(value) for value in values]
    return float(np.mean(numbers)) if numbers else float("nan")


def _times(milliseconds: list[float]) -> dict[str, float]:
    if not milliseconds:
        return {}
    return {
        "median": round(float(np.median(milliseconds)), 1),
        "p99": round(float(np.percentile(milliseconds, 99)), 1),
    }


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name} {_shown(each)}" for name, each in value.items())
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 2 else f"{value:.1f}"
    return "" if value is None else str(value)


if __name__ == "__main__":
    run_command(main)
