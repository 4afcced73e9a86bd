"""Asks the questions about the handbook of an invented company, and counts the right clippings.

    python -m tests.quality.handbook_report [--all]

The folder tests/quality/handbook/ has the files as people have them; handbook.jsonl says what the
first clipping of each question must and must not show, or that there is no answer. The library is
made anew in a temporary folder.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from tests.quality.__main__ import ask_batch
from tests.quality.handbook_expectations import (
    FOLDER,
    TITLES,
    Expected,
    judge,
    marks_in,
    read_expected,
    shown_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Case = tuple[Expected, dict[str, Any]]


def ask_all(expected: Sequence[Expected]) -> list[Case]:
    """Asks all questions through `ask --batch`, over a library of its own."""
    with tempfile.TemporaryDirectory() as library:
        options = ("--articles", str(FOLDER), "--library", library)
        lines = ask_batch([each.question for each in expected], *options)
    return list(zip(expected, lines, strict=True))


def count_verdicts(cases: Iterable[Case]) -> dict[str, Counter[str]]:
    """Returns how many questions of each group are right, wrong and missed."""
    counts: dict[str, Counter[str]] = {}
    for expected, line in cases:
        counts.setdefault(expected.group, Counter())[judge(expected, line)] += 1
    return counts


def count_titles(cases: Iterable[Case]) -> tuple[int, int, list[str]]:
    """Returns how many articles have the right title, how many were seen, and what was wrong."""
    wanted = json.loads(TITLES.read_text("utf-8"))
    seen = {quote["article"]: quote["title"] for _, line in cases for quote in _quotes(line)}
    listed = {path: title for path, title in seen.items() if path in wanted}
    wrong = [f"{path}: {title}" for path, title in listed.items() if not _fits(title, wanted[path])]
    return len(listed) - len(wrong), len(listed), sorted(wrong)


def _fits(title: str | None, wanted: str | list[str] | None) -> bool:
    return title in wanted if isinstance(wanted, list) else title == wanted


def _quotes(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for finding in line["findings"]:
        yield finding["quote"]
        yield from finding["also"]
    yield from line["closest"]


def count_marks(cases: Iterable[Case]) -> tuple[Counter[str], int, int]:
    """Returns how many first clippings show each kind of mark, how many show any, and all."""
    kinds: Counter[str] = Counter()
    marked = clippings = 0
    for expected, line in cases:
        if line["findings"]:
            clippings += 1
            found = marks_in(expected, line["findings"][0]["quote"]["text"])
            marked += bool(found)
            kinds.update(found)
    return kinds, marked, clippings


def report(cases: Sequence[Case], *, every: bool) -> None:
    """Prints the questions that went wrong, or all, and the counts."""
    for expected, line in cases:
        verdict = judge(expected, line)
        if every or verdict != "right":
            text = shown_text(line["findings"][0]["quote"]) if line["findings"] else "not found"
            click.echo(
                f"  {verdict:6} {expected.group:10} {expected.question[:56]:56}  {text[:80]}"
            )
    counts = count_verdicts(cases)
    for group, verdicts in sorted(counts.items()):
        click.echo(f"  {group:10} {_share(verdicts)}")
    answerable = [name for name in counts if name not in ("not_found", "near_miss")]
    click.echo(f"  right: {_share(sum((counts[name] for name in answerable), Counter()))}")
    rest = sum((counts[name] for name in counts if name not in answerable), Counter[str]())
    click.echo(f"  rightly not found: {_share(rest)}")
    kinds, marked, clippings = count_marks(cases)
    named = ", ".join(f"{count} {name}" for name, count in kinds.most_common()) or "none"
    click.echo(f"  clippings that show marks: {marked} of {clippings} ({named})")
    right, seen, wrong = count_titles(cases)
    click.echo(f"  titles right: {right} of {seen} seen" + "".join(f"\n    {x}" for x in wrong))


def _share(verdicts: Counter[str]) -> str:
    total = sum(verdicts.values())
    rest = ", ".join(f"{verdicts[name]} {name}" for name in ("wrong", "missed"))
    return f"{verdicts['right']} of {total} ({verdicts['right'] / max(total, 1):.0%}), {rest}"


@click.command(help=__doc__)
@click.option("--all", "every", is_flag=True, help="Print the right answers, too.")
def main(*, every: bool) -> None:
    """Ask and report; a wrong answer is a figure, not an error."""
    report(ask_all(list(read_expected())), every=every)


if __name__ == "__main__":
    main()
