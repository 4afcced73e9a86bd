"""The figures of an evaluation: computed from trials, and shown as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from rich.table import Table

from retrieval.evaluation.measures import answered_at, auroc, calibration_error, exact_match, f1

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.evaluation.trials import Trials

# For the share of answerable questions answered where so many of the others are answered as well.
FALSE_RATES = (0.01, 0.05, 0.10)


def figures(trials: Trials) -> dict[str, Any]:
    """Returns all figures of one file by name; times are in milliseconds."""
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


def table_of(by_name: dict[str, dict[str, Any]]) -> Table:
    """Returns a table with one column for each file and one row for each figure."""
    table = Table("", *by_name, title="Answers to questions with known answers")
    for name in dict.fromkeys(name for result in by_name.values() for name in result):
        table.add_row(name, *(_shown(result.get(name)) for result in by_name.values()))
    return table


def _mean(values: Iterable[float]) -> float:
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
