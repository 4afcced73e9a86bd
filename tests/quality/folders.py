"""Counts how many questions on real public folders the public command line answers rightly.

    python -m tests.quality.folders CHECKOUTS

CHECKOUTS holds a checkout of each repository, named owner__name. One that is absent or at another
commit is skipped. The first clipping must come from the article that is known, and hold all the
words that are known; `folders.jsonl` holds the questions, in our own words.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections import Counter
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.documents.article import Article
from index.documents.folder import read_articles
from index.passages.sentences import split_sentences
from tests.quality.__main__ import ask_batch
from tests.quality.boundaries import Faults, count_faults, has_tag
from tests.quality.folder_case import Case
from tests.quality.titles import has_right_title

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDERS = Path(__file__).with_name("folders.jsonl")
# The subfolders hold translations: the files of the folder itself are asked.
FLAT = {"github/opensource.guide"}
VERDICTS = ("right", "wrong", "missed")


def read_rows() -> list[dict[str, Any]]:
    """Reads the questions."""
    return [json.loads(line) for line in FOLDERS.read_text("utf-8").splitlines()]


def why_skipped(checkout: Path, commit: str) -> str | None:
    """Returns why a checkout cannot be asked; None if it can."""
    if not checkout.is_dir():
        return f"skipped: {checkout.name} is not there"
    head = subprocess.run(  # noqa: S603  -- a folder that the caller names
        ["git", "-C", str(checkout), "rev-parse", "HEAD"],  # noqa: S607  -- where PATH says
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    ).stdout.strip()
    return None if head == commit else f"skipped: {checkout.name} is at {head[:12]}"


def lay_out(row: dict[str, Any], checkout: Path, scratch: Path) -> Path:
    """Returns the folder to ask: the checkout's own, or its files alone, copied."""
    folder = checkout / str(row["folder"])
    if row["repository"] not in FLAT:
        return folder
    flat = scratch / "articles"
    flat.mkdir()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            shutil.copy2(path, flat)
    return flat


def report_sentences(folder: Path) -> None:
    """Prints how well the folder's files are read: titles, and where sentences begin and end."""
    articles = [each for each in read_articles(folder) if isinstance(each, Article)]
    titles = [right for right in map(has_right_title, articles) if right is not None]
    faults = sum((count_faults(each, split_sentences(each)) for each in articles), Faults())
    click.echo(f"  {len(articles)} articles, {faults.sentences} sentences")
    click.echo(f"  titles right: {share(sum(titles), len(titles))}")
    click.echo(f"  begin or end inside a word: {share(faults.in_word, faults.sentences)}")
    click.echo(f"  begin with punctuation: {share(faults.punctuation, faults.sentences)}")
    click.echo(f"  end inside a sentence: {share(faults.cut, faults.sentences)}")
    click.echo(f"  front matter or tags: {share(faults.marks, faults.sentences)}")


def share(some: int, every: int) -> str:
    """Returns "3 of 4 (75.0 %)"."""
    return f"{some} of {every}" + (f" ({some / every:.1%})" if every else "")


def report_cases(cases: Sequence[Case], *, listed: bool) -> None:
    """Prints the verdicts by kind, and with `listed` each question that is not answered rightly."""
    for case in cases:
        if listed and case.verdict != "right":
            click.echo(f"  {case.verdict:6} {case.kind}: {case.row['question']}")
            if case.text:
                click.echo(f"         {case.text[:200]}")
    for answerable in (True, False):
        some = [case for case in cases if (case.row["kind"] != "not_found") is answerable]
        for kind in sorted({case.kind for case in some}):
            _report_line(kind, [case for case in some if case.kind == kind])
        if some:
            _report_line("answerable" if answerable else "unanswerable", some)
    fits = [case.under_heading for case in cases if case.under_heading is not None]
    click.echo(f"  under the heading: {share(sum(fits), len(fits)) if fits else 'not told'}")
    shown = [case for case in cases if case.text]
    click.echo(f"  clippings with tags: {share(sum(has_tag(c.text) for c in shown), len(shown))}")


def _report_line(name: str, cases: Sequence[Case]) -> None:
    counts = Counter(case.verdict for case in cases)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    click.echo(f"  {name:22} {counts['right']:3} of {len(cases):3}   ({told})")


def ask_folder(
    rows: Sequence[dict[str, Any]], checkout: Path, scratch: Path, *, listed: bool
) -> list[Case]:
    """Reports on one folder and returns its cases; none if the product cannot read the folder."""
    folder = lay_out(rows[0], checkout, scratch)
    report_sentences(folder)
    options = ("--articles", str(folder.resolve()), "--library", str(scratch / "library"))
    try:
        lines = ask_batch([row["question"] for row in rows], *options)
    except subprocess.CalledProcessError as error:
        click.echo(f"  not asked: `clipping ask` ended with {error.returncode}")
        return []
    cases = [Case(row, line) for row, line in zip(rows, lines, strict=True)]
    report_cases(cases, listed=listed)
    return cases


@click.command(help=__doc__)
@click.argument("checkouts", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--only", help="The one repository to ask, as owner/name.")
@click.option("--list", "listed", is_flag=True, help="Show each wrong question, and its clipping.")
def main(checkouts: Path, only: str | None, *, listed: bool) -> None:
    """Ask and report; a wrong answer is a figure, not an error."""
    every: list[Case] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, group in groupby(read_rows(), key=itemgetter("repository")):
            if only not in {None, name}:
                continue
            rows = list(group)
            checkout = checkouts / name.replace("/", "__")
            reason = why_skipped(checkout, rows[0]["commit"])
            click.echo(f"\n{name}" + (f"  {reason}" if reason else ""))
            if not reason:
                every += ask_folder(rows, checkout, Path(scratch), listed=listed)
    click.echo("\nall")
    report_cases(every, listed=False)


if __name__ == "__main__":
    main()
