"""Counts how many questions with known answers the public command line answers rightly.

    python -m tests.quality FILE…

A file holds JSON lines: {"question": …, "answers": […]}. The first clipping must contain one of the
answers. Without any answers "not found" is right.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with known answers, and what came back.

    Attributes:
        question: What was asked.
        answers: One of these must stand in the first clipping; () if "not found" is right.
        line: What `ask --batch` printed.
    """

    question: str
    answers: tuple[str, ...]
    line: dict[str, Any]

    @property
    def clippings(self) -> list[str]:
        """What a person sees: the first clipping, or all clippings that differ."""
        shown = self.line["findings"] if self.line["differ"] else self.line["findings"][:1]
        return [finding["quote"]["text"] for finding in shown]

    @property
    def right(self) -> bool:
        """Whether the first clipping is right, or rightly nothing was found."""
        if not self.answers or not self.clippings:
            return not self.answers and not self.clippings
        return any(answer in self.clippings[0] for answer in self.answers)

    @property
    def verdict(self) -> str:
        """One word for the list."""
        if self.right:
            return "right"
        return "missed" if not self.clippings else "wrong"


def ask_all(files: Sequence[Path]) -> Iterator[Asked]:
    """Asks every question of the files through `ask --batch`, over seeds/."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    lines = ask_batch([row["question"] for row in rows], "--articles", "seeds")
    for row, line in zip(rows, lines, strict=True):
        yield Asked(row["question"], tuple(row["answers"]), line)


def ask_batch(questions: Sequence[str], *options: str) -> list[dict[str, Any]]:
    """Returns what `ask --batch` prints for each question, called with the options."""
    done = subprocess.run(  # noqa: S603  -- our own command line
        [sys.executable, "-m", "bot", "ask", "--batch", "-", *options],
        input="".join(json.dumps({"question": question}) + "\n" for question in questions),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(name: str, asked: Sequence[Asked]) -> None:
    """Prints a file's questions, and the shares that are answered rightly."""
    click.echo(f"\n{name}")
    for each in asked:
        shown = " ".join(each.clippings[0].split())[:90] if each.clippings else "not found"
        click.echo(f"  {each.verdict:6} {each.question[:60]:60}  {shown}")
    for what, wanted in (("answered right", True), ("not found right", False)):
        some = [each for each in asked if bool(each.answers) is wanted]
        if some:
            right = sum(each.right for each in some)
            click.echo(f"  {what}: {right} of {len(some)} ({right / len(some):.0%})")


@click.command(help=__doc__)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(files: tuple[Path, ...]) -> None:
    """Ask and report; a wrong answer is a figure, not an error."""
    for file in files:
        report(str(file), list(ask_all([file])))


if __name__ == "__main__":
    main()
