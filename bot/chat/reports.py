"""What the bot says about itself, in the same words on every platform."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.page.phrases import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.state.history import Gap

MODES = {
    "mention": "Only when mentioned",
    "threads": "Also in threads it has answered in",
    "questions": 'Every question that ends in "?"',
}
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
MAX_GAPS = 20
MAX_EXPORTED = 200
NO_GAPS = "No gaps: nothing was asked that the articles do not answer."
NO_SHARE = "A number from 0 to 1, or nothing."


def languages() -> dict[str, str]:
    """Every language of the fixed words, by its code."""
    return {code: LANGUAGE_NAMES[code] for code in LANGUAGES}


def known(facts: Facts) -> str:
    """What the articles are at this moment, in one sentence."""
    refreshed = (
        "" if facts.refreshed is None else f", last refreshed {facts.refreshed:%Y-%m-%d %H:%M}"
    )
    version = f", version {facts.version}" if facts.version else ""
    return f"I answer from {facts.articles} articles{version}{refreshed}."


def status_lines(facts: Facts, desk: Desk) -> list[str]:
    """What the bot knows and how it is: the report behind /ask-status."""
    metrics = desk.metrics
    minutes, seconds = divmod(int(time.time() - metrics.started_at), 60)
    hours, minutes = divmod(minutes, 60)
    return [
        known(facts),
        f"Uptime: {hours} h {minutes} min {seconds} s",
        f"Half of the questions were answered within: {_ms(metrics.latency(0.5))}",
        f"99 of 100 within: {_ms(metrics.latency(0.99))}",
        f"In work: {desk.in_work}",
    ]


def gap_words(gaps: Sequence[Gap]) -> tuple[str, list[str]]:
    """A heading, and a line for each of the first gaps: the report behind /ask-gaps."""
    heading = f"{len(gaps)} questions the articles did not answer well:"
    listed = [
        f"{gap.question[:200]} (asked {gap.times}×, not found {gap.not_found}×, 👎 {gap.down}×)"
        for gap in gaps[:MAX_GAPS]
    ]
    return heading, listed


def read_share(entered: str | None) -> float | None:
    """A share as somebody typed it; None for nothing.

    Raises:
        ValueError: It is no number from 0 to 1.
    """
    if not entered or not entered.strip():
        return None
    share = float(entered.strip().replace(",", "."))
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{share} is not between 0 and 1")
    return share


def read_folders(entered: str | None) -> tuple[str, ...]:
    """The folders that somebody typed, with commas between them."""
    return tuple(folder.strip() for folder in (entered or "").split(",") if folder.strip())


def _ms(seconds: float | None) -> str:
    return "nothing was asked yet" if seconds is None else f"{1000 * seconds:.0f} ms"
