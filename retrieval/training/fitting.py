"""Fitting the decision: `python -m retrieval.training.fitting DATA` writes decision.json anew.

Needs the project's training dependencies. The reader must not have learned from the questions used
here, since it is surer of what it has seen: only the ones that training holds out are asked, each
once of its whole library and once with its own article taken out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
import numpy.typing as npt
from rich.progress import Progress as Bar

from config.command_line import run_command
from config.extras import require_extra
from config.settings import load_settings
from index.library.encoders import open_encoder
from index.library.progress import Progress
from retrieval.answerer import Answering
from retrieval.candidates import FEATURES
from retrieval.decision import QUESTION_FEATURES, RANK_FEATURES, Decision, question_features
from retrieval.evaluation.gold import read_squad
from retrieval.evaluation.measures import answered_at, auroc, calibration_error
from retrieval.models import DECISION, OWN, SHIPPED, open_reader
from retrieval.training.observing import Observed, held_out, observe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retrieval.reader import Reader

Floats = npt.NDArray[np.float64]
Bounds = tuple[float | None, float | None]

# Reviews ask "what size is it?" of any product and privacy policies the same of every site, so that
# even people could not tell which is meant; Reddit is one article, and nothing is left without it.
FILES = ("wiki", "squad2")
# The threshold lets this share of questions pass whose article is not there.
FALSE_ANSWERS = 0.01
# ln(0.0115 / 0.42): so many of 2,400 answerable questions of the training files, and of the same
# without their article, name something that stands in no article. Fitted beside the other features
# it would lose most of its weight, though nothing else tells so surely.
_NAME_UNKNOWN = -3.6
# ln((28 / 30) / (1 / 30)): of thirty questions of the training files that have a phrase of several
# words in quotation marks, twenty-eight have it from their own article, and one from another too.
_PHRASE_FOUND = 3.3
# Weights that are set, and that the others are fitted around.
SET_WEIGHTS = {"name_unknown": _NAME_UNKNOWN, "phrase_found": _PHRASE_FOUND}
# A line of the page around an article wins only where no prose comes near: this is worth more than
# all of the question's words.
FURNITURE_WEIGHT = -3.0
# Features that speak against an answer; all others speak for it.
AGAINST = frozenset({"misfits", "names_missing"})
# Ridge penalty of the ranking weights, for each question.
_RANK_PENALTY = 1e-3


def fit(observed: Sequence[Observed]) -> Decision:
    """Fit both models and choose the threshold for FALSE_ANSWERS."""
    unranked = Decision({}, {}, 0.0, 0.5, FALSE_ANSWERS)
    ranked = replace(unranked, rank=fit_rank(observed))
    rows, truth, counts = decision_rows(ranked, observed)
    scale = np.maximum(rows.std(axis=0), 1e-9)
    spreads = dict(zip(QUESTION_FEATURES, scale.tolist(), strict=True))
    given = {name: weight * spreads[name] for name, weight in SET_WEIGHTS.items()}
    *weights, bias = fit_logistic(rows / scale, truth, counts, given).tolist()
    found = dict(zip(QUESTION_FEATURES, weights, strict=True))
    unscaled = {name: weight / spreads[name] for name, weight in found.items() if weight}
    fitted = replace(ranked, weights=unscaled | SET_WEIGHTS, bias=bias)
    _, outside = probabilities(fitted, observed)
    # Just above, so that of many equal ones none passes.
    highest = float(np.nextafter(np.quantile(outside, 1 - FALSE_ANSWERS), 1))
    return replace(fitted, threshold=highest)


def fit_logistic(rows: Floats, truth: Floats, counts: Floats, given: Mapping[str, float]) -> Floats:
    """Logistic regression in which no feature can speak against what it stands for.

    A free fit lets unknown words count *for* an answer where the files happen to have it so; with
    bounds such a weight is zero. Ridge penalty 1/2 on scaled weights, none on the bias.

    Args:
        rows: The features, scaled to spread 1.
        truth: 1 where the first candidate answers, else 0.
        counts: How much each row weighs.
        given: Scaled weights that are set and not fitted, by name.

    Returns:
        A weight for each column, then the bias.
    """
    columns = np.column_stack([rows, np.ones(len(rows))])

    def loss(weights: Floats) -> tuple[float, Floats]:
        chances = 1 / (1 + np.exp(-(columns @ weights)))
        likely = np.where(truth > 0, chances, 1 - chances)
        slope = columns.T @ (counts * (chances - truth))
        slope[:-1] += weights[:-1]
        penalty = float(weights[:-1] @ weights[:-1]) / 2
        return penalty - float(counts @ np.log(np.maximum(likely, 1e-12))), slope

    bounds = [
        (given[name], given[name]) if name in given else _sign(name) for name in QUESTION_FEATURES
    ]
    start = np.zeros(len(QUESTION_FEATURES) + 1)
    return _minimum(loss, start, [*bounds, (None, None)])


def fit_rank(observed: Sequence[Observed]) -> dict[str, float]:
    """Weights that put a right candidate first: a conditional logit over each question's own.

    No feature can speak against what it stands for: "near_share" would, beside "aligned", which
    says the same and more. The files have no furniture in them, so its weight is set, not fitted.
    """
    columns = [FEATURES.index(name) for name in RANK_FEATURES]
    tables = []
    for each in observed:
        rights = [each.is_right(candidate) for candidate, _ in each.ranking.ranked]
        if any(rights) and not all(rights):
            features = np.array([candidate.features for candidate, _ in each.ranking.ranked])
            tables.append((features[:, columns], np.array(rights)))
    stacked = np.concatenate([features for features, _ in tables])
    scale = np.maximum(stacked.std(axis=0), 1e-9)

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = (
            _RANK_PENALTY * len(tables) * float(weights @ weights),
            2 * _RANK_PENALTY * len(tables) * weights,
        )
        for features, rights in tables:
            scaled = features / scale
            scores = scaled @ weights
            every = np.exp(scores - scores.max())
            right = every * rights
            total -= float(np.log(right.sum() / every.sum()))
            slope += scaled.T @ (every / every.sum() - right / right.sum())
        return total, slope

    bounds = [_sign(name) for name in RANK_FEATURES]
    start = np.zeros(len(RANK_FEATURES))
    weights = (_minimum(loss, start, bounds) / scale).tolist()
    return {**dict(zip(RANK_FEATURES, weights, strict=True)), "furniture": FURNITURE_WEIGHT}


def _minimum(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, bounds: Sequence[Bounds]
) -> Floats:
    """Returns the weights at which a loss, given with its gradient, is least within the bounds."""
    from scipy.optimize import minimize  # noqa: PLC0415  -- of the extra `train`

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _sign(name: str) -> Bounds:
    """The bounds of a feature's weight."""
    return (None, 0.0) if name in AGAINST else (0.0, None)


def decision_rows(
    decision: Decision, observed: Sequence[Observed]
) -> tuple[Floats, Floats, Floats]:
    """The features, the truth and the weight of each question that has candidates."""
    rows, truth, counts = [], [], []
    for each in observed:
        ranked, right = reranked(decision, each)
        if ranked:
            rows.append(question_features(each.ranking.question, each.library, ranked))
            truth.append(float(right))
            counts.append(each.counts)
    return np.array(rows), np.array(truth), np.array(counts)


def reranked(decision: Decision, each: Observed) -> tuple[list[tuple[Any, float]], bool]:
    """A question's candidates in the decision's order, and whether the first is right."""
    ranked = decision.ranked([candidate for candidate, _ in each.ranking.ranked])
    return ranked, bool(ranked) and each.is_right(ranked[0][0])


def probabilities(
    decision: Decision, observed: Sequence[Observed]
) -> tuple[list[float], list[float]]:
    """The probabilities of answerable questions with their article in the library, and without."""
    inside: list[float] = []
    outside: list[float] = []
    for each in observed:
        chance = _chance(decision, each)
        if not each.near_miss:
            (inside if each.answerable else outside).append(chance)
    return inside, outside


def report(observed: Sequence[Observed], decision: Decision) -> str:
    """One line of figures for some questions under a decision."""
    inside, outside = probabilities(decision, observed)
    outcome = [(reranked(decision, each), each) for each in observed if not each.near_miss]
    chances = [_chance(decision, each) for _, each in outcome]
    rights = [right for (_, right), _ in outcome]
    answerable = [right for (_, right), each in outcome if each.answerable]
    near = [each for each in observed if each.near_miss]
    passed = np.mean([_chance(decision, each) >= decision.threshold for each in near])
    return (
        f"quote@1 {np.mean(answerable):.3f}  AUROC {auroc(inside, outside):.3f}"
        f"  answered at 5 % {answered_at(inside, outside, 0.05):.3f}"
        f"  ECE {calibration_error(chances, rights):.3f}"
        f"  near misses answered {passed:.3f}  ({len(observed)} asked)"
    )


def _chance(decision: Decision, each: Observed) -> float:
    ranked, _ = reranked(decision, each)
    return decision.probability(each.ranking.question, each.library, ranked)


def gather(data: Path, reader: Reader | None, decision: Decision) -> list[Observed]:
    """Observe the held-out questions of every file."""
    settings = load_settings()
    encoder = open_encoder(settings.library, settings.encoder_model)
    observed: list[Observed] = []
    with Bar() as bar:
        for name in FILES:
            whole = read_squad(
                data / f"{name}.json",
                settings.library / "gold" / name,
                encoder,
                Progress(),
            )
            gold_set = held_out(data, name, whole)
            task = bar.add_task(name, total=6 * len(gold_set.questions))
            # All are compared: which ones are when answering follows from what is fitted here.
            answering = Answering(gold_set.library, decision, reader, compared=None)
            observed += observe(answering, gold_set, lambda task=task: bar.advance(task))  # type: ignore[misc]  # mypy cannot type the default
    return observed


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--reader", "model", default=OWN, help="A reader's folder; its decision goes there.")
def main(data: Path, model: str) -> None:
    """Fit the decision on the training files in DATA, leaving each out once to check it."""
    require_extra("train", f"`python -m {__package__}.fitting`")
    folder = SHIPPED if model == OWN else Path(model)
    reader, before = open_reader(model, load_settings().library / "readers")
    parts = {}
    for part, reading in (("reader", reader), ("sentences", None)):
        observed = gather(data, reading, before)
        for left_out in FILES:
            others = fit([each for each in observed if each.file != left_out])
            click.echo(
                f"{part}, {left_out} left out: "
                + report([each for each in observed if each.file == left_out], others)
            )
        parts[part] = fit(observed)
        click.echo(f"{part}, all: " + report(observed, parts[part]))
    fields = {part: _fields(decision) for part, decision in parts.items()}
    (folder / DECISION).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")


def _fields(decision: Decision) -> dict[str, Any]:
    return {
        "rank": dict(decision.rank),
        "weights": dict(decision.weights),
        "bias": decision.bias,
        "threshold": decision.threshold,
        "false_answers": decision.false_answers,
    }


if __name__ == "__main__":
    run_command(main)
