"""Draws the figures of an evaluation; the only file that imports matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt

from retrieval.evaluation.measures import reliability, risk_coverage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Confidence = tuple[list[float], list[bool]]
_SIZE, _DPI = (5.0, 3.6), 110


def draw_all(
    confidence: Mapping[str, Confidence], figures: Mapping[str, Mapping[str, Any]], folder: Path
) -> None:
    """Draws risk against coverage, the reliability diagram and quote@1 beside the baselines."""
    if confidence:
        _draw_risk(confidence, folder / "risk-coverage.png")
        _draw_reliability(confidence, folder / "reliability.png")
    _draw_baselines(figures, folder / "quote-at-1.png")


def _draw_risk(confidence: Mapping[str, Confidence], path: Path) -> None:
    figure, axes = plt.subplots(figsize=_SIZE, layout="constrained")
    for name, (probabilities, right) in confidence.items():
        axes.plot(*risk_coverage(probabilities, right), label=name)
    axes.set(
        xlabel="share of questions answered (half of them have no answer)",
        ylabel="wrong share of the answers",
        ylim=(0, None),
        title="Risk against coverage",
    )
    axes.legend()
    figure.savefig(path, dpi=_DPI)
    plt.close(figure)


def _draw_reliability(confidence: Mapping[str, Confidence], path: Path) -> None:
    figure, axes = plt.subplots(figsize=_SIZE, layout="constrained")
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1, linestyle=":")
    for name, (probabilities, right) in confidence.items():
        rows = reliability(probabilities, right)
        axes.plot([row[0] for row in rows], [row[1] for row in rows], marker="o", label=name)
    axes.set(
        xlabel="probability that was given", ylabel="share that was right", title="Reliability"
    )
    axes.legend()
    figure.savefig(path, dpi=_DPI)
    plt.close(figure)


def _draw_baselines(figures: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    figure, axes = plt.subplots(figsize=_SIZE, layout="constrained")
    shown = {name: result for name, result in figures.items() if result["baselines"]}
    methods = [*dict.fromkeys(m for result in shown.values() for m in result["baselines"])]
    width = 0.8 / (len(methods) + 1)
    for at, method in enumerate([*methods, "Clipping"]):
        heights = [result["baselines"].get(method, result["quote@1"]) for result in shown.values()]
        places = [number + at * width for number in range(len(shown))]
        bars = axes.bar(places, heights, width=width * 0.95, label=method)
        axes.bar_label(bars, fmt="%.2f", fontsize=7)
    axes.set_xticks([number + 0.3 for number in range(len(shown))], list(shown))
    axes.set(ylabel="quote@1", ylim=(0, 1), title="The first clipping answers")
    axes.legend(fontsize=7, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.1))
    figure.savefig(path, dpi=_DPI)
    plt.close(figure)
