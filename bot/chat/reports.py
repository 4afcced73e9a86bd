"""What the bot says about itself: its status, and the gaps in what the articles answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.page.phrases import phrases_in
from config.harmless import json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.page.phrases import Phrases
    from bot.page.report_phrases import ReportPhrases
    from bot.state.ask import Key
    from bot.state.history import Gap

MAX_LISTED_GAPS = 20
MAX_EXPORTED_GAPS = 200
MAX_NAMED_FILES = 5
MAX_LISTED_CHARS = 200  # of each question


@dataclass(frozen=True, slots=True)
class GapsReport:
    """The report behind /ask-gaps.

    Attributes:
        heading: How many gaps there are, or that there are none.
        listed: The gaps asked most often, a line each; at the end, how many questions are counted
            without their words. Empty where there are none.
        json_lines: All gaps as lines that the quality check can replay.
    """

    heading: str
    listed: tuple[str, ...] = ()
    json_lines: tuple[str, ...] = ()


def knowledge(facts: Facts, phrases: Phrases) -> str:
    """Returns what the articles are at this moment, in one sentence."""
    texts = phrases.reports
    version = texts.version.format(version=facts.version) if facts.version else ""
    refreshed = "" if facts.refreshed is None else texts.refreshed.format(moment=facts.refreshed)
    return texts.knowledge.format(articles=facts.articles, version=version, refreshed=refreshed)


async def status_report(facts: Facts, desk: Desk, key: Key) -> list[str]:
    """Returns the report behind /ask-status in a message's channel, line by line.

    It says what the bot knows, as far as that may be shown there, and how the bot is.
    """
    rules = await desk.state.rules(key)
    facts, phrases = facts.within(rules.visible_folders), phrases_in(rules.language)
    texts, metrics = phrases.reports, desk.metrics
    minutes, seconds = divmod(int(time.time() - metrics.started_at), 60)
    hours, minutes = divmod(minutes, 60)
    return [
        knowledge(facts, phrases),
        *_left_out_lines(facts, texts),
        texts.uptime.format(hours=hours, minutes=minutes, seconds=seconds),
        texts.median.format(latency=_latency(metrics.latency(0.5), texts)),
        texts.slowest.format(latency=_latency(metrics.latency(0.99), texts)),
        texts.in_work.format(count=desk.in_work),
    ]


def _left_out_lines(facts: Facts, texts: ReportPhrases) -> list[str]:
    """Returns how many files were left out, a line for each reason; the first few are named."""
    lines = []
    if facts.left_out:
        named = _first(facts.left_out, texts)
        lines.append(texts.left_out.format(count=len(facts.left_out), named=named))
    if facts.unread:
        suffixes = [suffix for suffix, _count in facts.unread if suffix]
        total = sum(count for _suffix, count in facts.unread)
        lines.append(texts.unread.format(count=total, named=_first(suffixes, texts) or "…"))
    return lines


def _first(names: Sequence[str], texts: ReportPhrases) -> str:
    """Returns the first few names, and how many more there are."""
    more = len(names) - MAX_NAMED_FILES
    shown = [name[:MAX_LISTED_CHARS] for name in names[:MAX_NAMED_FILES]]
    return ", ".join([*shown, *([texts.more_titles.format(count=more)] if more > 0 else [])])


def gaps_report(gaps: Sequence[Gap], phrases: Phrases) -> GapsReport:
    """Returns the report behind /ask-gaps for gaps, most asked first.

    Private questions of others, a gap without words, are counted and not listed.
    """
    texts = phrases.reports
    unseen = sum(gap.times for gap in gaps if not gap.question)
    private = (texts.private_gaps.format(count=unseen),) if unseen else ()
    gaps = [gap for gap in gaps if gap.question]
    if not gaps:
        return GapsReport(*(private or (texts.no_gaps,)))
    listed = tuple(
        texts.gap.format(
            question=gap.question[:MAX_LISTED_CHARS],
            times=gap.times,
            not_found=gap.not_found,
            down=gap.down,
        )
        for gap in gaps[:MAX_LISTED_GAPS]
    )
    heading = texts.gaps.format(count=len(gaps))
    return GapsReport(heading, listed + private, tuple(gap_json_lines(gaps)))


def gap_json_lines(gaps: Iterable[Gap]) -> list[str]:
    """Returns one JSON object for each gap, in the form of the questions with known answers.

    No `answers` means that "not found" is right; whoever replays them fills in what is known.
    """
    return [
        json_line(
            {
                "question": gap.question,
                "answers": [],
                "times": gap.times,
                "not_found": gap.not_found,
                "down": gap.down,
            }
        )
        for gap in gaps
    ]


def _latency(seconds: float | None, texts: ReportPhrases) -> str:
    """Returns a time in milliseconds; another text where nothing was timed yet."""
    if seconds is None:
        return texts.nothing_asked
    return texts.milliseconds.format(count=1000 * seconds)
