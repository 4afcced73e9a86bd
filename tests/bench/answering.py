"""How fast questions are answered over seeds/, in this process and from a cold start.

    python -m tests.bench.answering FILE…

A file holds JSON lines with a "question" each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from bot.cli.opening import open_answerer
from config.settings import load_settings
from index.library.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
ROUNDS = 10
STARTS = 5


@click.command(help=__doc__)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(files: tuple[Path, ...]) -> None:
    """Measures both."""
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    questions = [json.loads(line)["question"] for line in lines]
    settings = load_settings().model_copy(update={"articles": ROOT / "seeds"})
    answerer = open_answerer(settings, Progress())
    for question in questions:
        answerer(question)
    times = [_ms(partial(answerer, question)) for _ in range(ROUNDS) for question in questions]
    passages = len(answerer.library.passages)
    _report(f"Answerer(question), {len(questions)} questions, {passages} passages", times)
    _report("clipping ask from process start", [_ms(_ask) for _ in range(STARTS)])


def _ask() -> None:
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", "where is the HQ?"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _report(what: str, times: list[float]) -> None:
    middle, late = np.percentile(times, [50, 99])
    click.echo(f"{what}: median {middle:.1f} ms, p99 {late:.1f} ms")


if __name__ == "__main__":
    main()
