"""Counts how often articles that differ are shown as differing, and articles that agree are not.

    python -m tests.quality.conflicts [--set fit|held] [FILE]

A case is a question with its own articles: two answers that cannot both be right ("differ"), one
answer in several articles ("same"), or one answer beside a look-alike that answers something else
("one"). All questions are asked of the articles of all cases of their set together. Limits are
chosen on the set "fit"; "held" is only reported.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.settings import load_settings
from index.documents.article import Article
from index.library.compile import compile_library
from index.library.encoders import open_encoder
from retrieval.answerer import Answerer
from retrieval.models import open_models

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answers import Answer

CASES = Path(__file__).with_name("conflicts.jsonl")
SETS = ("fit", "held")


@dataclass(frozen=True, slots=True)
class Case:
    """A question about some articles, and what came back.

    Attributes:
        expect: "differ", "same" or "one".
        answers: For each different answer, the words that state it.
        holders: How many articles state the first answer.
        answer: What came back.
    """

    question: str
    expect: str
    answers: tuple[tuple[str, ...], ...]
    holders: int
    answer: Answer

    @property
    def stated(self) -> set[int]:
        """The positions of the answers that stand in the clippings shown."""
        shown = [finding.quote.text for finding in self.answer.shown]
        return {
            number
            for number, forms in enumerate(self.answers)
            if any(form in text for form in forms for text in shown)
        }

    @property
    def verdict(self) -> str:
        """One or two words for the list."""
        if not self.stated:
            return "wrong" if self.answer.found else "not found"
        if self.expect == "differ":
            shown = "right" if self.stated == {0, 1} else "wrong pair"
            return shown if self.answer.differ else "one of two"
        if self.answer.differ:
            return "false alarm"
        missed = self.expect == "same" and 1 + len(self.answer.shown[0].also) < self.holders
        return "also missed" if missed else "right"


def ask_all(rows: Sequence[dict[str, Any]], answerer: Answerer) -> Iterator[Case]:
    """Asks the question of each row."""
    for row in rows:
        answers = tuple(tuple(forms) for forms in row["answers"])
        texts = [each["text"] for each in row["articles"]]
        holders = sum(any(form in text for form in answers[0]) for text in texts)
        answer = answerer(row["question"])
        yield Case(row["question"], row["expect"], answers, holders, answer)


def open_answerer(rows: Sequence[dict[str, Any]]) -> Answerer:
    """Opens the product's own models over the articles of all rows."""
    settings = load_settings()
    encoder = open_encoder(settings.library, settings.encoder_model)
    models = open_models(settings.reader_model, settings.library / "readers")
    articles = [
        Article(
            f"{number:02}-{at}.txt",
            each["title"],
            each["text"],
            datetime.date.fromisoformat(each["published"]),
        )
        for number, row in enumerate(rows)
        for at, each in enumerate(row["articles"])
    ]
    return Answerer(compile_library(articles, encoder, version="conflicts"), models)


@click.command(help=__doc__)
@click.argument("file", default=CASES, type=click.Path(path_type=Path, exists=True))
@click.option("--set", "only", type=click.Choice(SETS), help="Only this set.")
def main(file: Path, only: str | None) -> None:
    """Ask and report; a wrong verdict is a figure, not an error."""
    every = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for name in (only,) if only else SETS:
        rows = [row for row in every if row["set"] == name]
        click.echo(f"\n{name}")
        cases = list(ask_all(rows, open_answerer(rows)))
        for case in cases:
            shown = " / ".join(f.answer.text if f.answer else "" for f in case.answer.shown)
            click.echo(f"  {case.expect:6} {case.verdict:11} {case.question[:58]:58}  {shown[:60]}")
        for expect in ("differ", "same", "one"):
            counts = Counter(case.verdict for case in cases if case.expect == expect)
            click.echo(f"  {expect}: " + ", ".join(f"{n} {v}" for v, n in counts.most_common()))


if __name__ == "__main__":
    main()
