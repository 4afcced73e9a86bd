"""The last check before anything is sent: what is shown as a quote is the article's own text.

A platform reads its own message back into runs of letters; the comparison is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.page.layout import Clip


class NotVerbatimError(RuntimeError):
    """A message would show something as a quote that its article does not say: a bug of ours."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters as a reader sees them, and whether they are bold."""

    text: str
    bold: bool = False


def runs_of(clip: Clip) -> tuple[Run, ...]:
    """Returns a clipping letter by letter, with what decides it in bold."""
    quote, bold = clip.quote, clip.bold
    if bold is None:
        return (Run(quote.text),)
    text = quote.article.text
    before, after = text[quote.start : bold.start], text[bold.end : quote.end]
    runs = (Run(before), Run(bold.text, bold=True), Run(after))
    return tuple(run for run in runs if run.text)


def check_quotes(shown: Sequence[Sequence[Run]], meant: Sequence[Clip]) -> None:
    """Compares every quote that a message shows with its article.

    Args:
        shown: The runs of each quote, read back from the message that is about to be sent.
        meant: The clipping that each of these quotes should show, in the same order.

    Raises:
        NotVerbatimError: There are more or fewer quotes than clippings, a quote differs from
            `article.text[start:end]`, or other letters are bold. Nothing must be sent then.
    """
    if len(shown) != len(meant):
        raise NotVerbatimError(f"{len(shown)} quotes shown, {len(meant)} meant")
    for runs, clip in zip(shown, meant, strict=True):
        quote, bold = clip.quote, clip.bold
        where = f"[{quote.start}, {quote.end}) of {quote.article.slug}"
        if "".join(run.text for run in runs) != quote.article.text[quote.start : quote.end]:
            raise NotVerbatimError(f"{where} differs")
        wanted = [] if bold is None else [(bold.start - quote.start, bold.end - quote.start)]
        if _bold_ranges(runs) != wanted:
            raise NotVerbatimError(f"bold in {where}")


def _bold_ranges(runs: Sequence[Run]) -> list[tuple[int, int]]:
    """Returns where bold letters begin and end; bold runs side by side are one range."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.bold and ranges and ranges[-1][1] == start:
            ranges[-1] = ranges[-1][0], end
        elif run.bold and run.text:
            ranges.append((start, end))
        start = end
    return ranges
