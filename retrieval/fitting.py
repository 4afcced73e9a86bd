"""Fitting the decision: `python -m retrieval.fitting DATA` writes decision.json anew.

Needs the project's training dependencies. The reader must not have learned from the questions used
here, since it is surer of what it has seen: only the ones that training holds out are asked, each
once of its whole library and once with its own article taken out.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
import numpy.typing as npt
from rich.progress import Progress as Bar
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from config.settings import load_settings
from index.build import Progress, open_encoder
from retrieval.answering import Answering
from retrieval.candidates import FEATURES
from retrieval.decision import QUESTION_FEATURES, RANK_FEATURES, Decision, question_features
from retrieval.gold import Gold, GoldSet, read_squad
from retrieval.measures import answered_at, auroc, calibration_error
from retrieval.models import DECISION, OWN, SHIPPED, open_reader
from retrieval.training.pool import HELD_OUT_ARTICLES
from retrieval.training.questions import read_questions, split_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.library import Library
    from index.spans import Article
    from retrieval.answering import Ranking
    from retrieval.reader import Reader

Floats = npt.NDArray[np.float64]

# How much a file's questions count. Reviews ask "what size is it?" of any product, so that even
# people could not tell which review is meant: they count less, and privacy policies, which ask the
# same of every site, not at all. Reddit is one article: nothing is left when it is taken out.
FILES = {"wiki": 1.0, "squad2": 1.0, "amazon": 0.25}
MOST_QUESTIONS = 250
FALSE_ANSWERS = 0.05
# A line of the page around an article wins only where no prose comes near: this is worth about as
# much as half of the question's words.
FURNITURE_WEIGHT = -3.0
# Ridge penalty of the ranking weights, and inverse one of the decision's (scikit-learn's C).
_FEW_ARTICLES = 4
_RANK_PENALTY, _DECISION_C = 1e-3, 1.0


@dataclass(frozen=True, slots=True)
class Observed:
    """One question as it came back before anything is fitted.

    Attributes:
        file: The file it is from.
        gold: The question with its known answers.
        library: What it was asked of.
        ranking: Its candidates.
    """

    file: str
    gold: Gold
    library: Library
    ranking: Ranking

    @property
    def rights(self) -> list[bool]:
        """Which candidates are right; none where the article was taken out."""
        there = self.gold.article in self.library.articles
        return [
            there and self.gold.is_right(candidate.quote) for candidate, _ in self.ranking.ranked
        ]


def observe(answering: Answering, gold_set: GoldSet, told: Callable[[], None]) -> list[Observed]:
    """Ask every question of a set four times: with its own article and without, in two sizes.

    In a library of a few articles many words of a good question stand nowhere; in a large one
    hardly any do. The decision has to hold for both.
    """
    observed = []
    for article in gold_set.library.articles:
        its = [gold for gold in gold_set.questions if gold.article is article]
        if not its:
            continue
        for library in _libraries(gold_set.library, article):
            asked = answering.over(library)
            for gold in its:
                observed.append(Observed(gold_set.name, gold, library, asked.rank(gold.text)))
                told()
    return observed


def _libraries(library: Library, article: Article) -> list[Library]:
    """The whole library and a few articles of it, each with and without one article."""
    others = [each for each in library.articles if each is not article]
    few = random.Random(article.slug).sample(others, min(_FEW_ARTICLES, len(others)))  # noqa: S311
    return [
        library,
        library.of_only(set(others)),
        library.of_only({article, *few}),
        library.of_only(set(few)),
    ]


def fit(observed: Sequence[Observed], *, c: float = _DECISION_C) -> Decision:
    """Fit both models and choose the threshold for FALSE_ANSWERS."""
    unranked = Decision({}, {}, 0.0, 0.5, FALSE_ANSWERS)
    ranked = replace(unranked, rank=fit_rank(observed))
    rows, truth, counts = decision_rows(ranked, observed)
    scale = np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=c, max_iter=5000)
    model.fit(rows / scale, truth, sample_weight=counts)
    weights = (model.coef_[0] / scale).tolist()
    fitted = replace(
        ranked,
        weights={n: w for n, w in zip(QUESTION_FEATURES, weights, strict=True) if w},
        bias=float(model.intercept_[0]),
    )
    _, outside = probabilities(fitted, observed)
    return replace(fitted, threshold=float(np.quantile(outside, 1 - FALSE_ANSWERS)))


def fit_rank(observed: Sequence[Observed]) -> dict[str, float]:
    """Weights that put a right candidate first: a conditional logit over each question's own.

    The files have no furniture in them, so its weight is set, not fitted.
    """
    columns = [FEATURES.index(name) for name in RANK_FEATURES]
    tables = []
    for each in observed:
        rights = each.rights
        if any(rights) and not all(rights):
            features = np.array([candidate.features for candidate, _ in each.ranking.ranked])
            tables.append((features[:, columns], np.array(rights), FILES[each.file]))
    stacked = np.concatenate([features for features, _, _ in tables])
    scale = np.maximum(stacked.std(axis=0), 1e-9)

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = (
            _RANK_PENALTY * len(tables) * float(weights @ weights),
            2 * _RANK_PENALTY * len(tables) * weights,
        )
        for features, rights, counts in tables:
            scaled = features / scale
            scores = scaled @ weights
            every = np.exp(scores - scores.max())
            right = every * rights
            total -= counts * float(np.log(right.sum() / every.sum()))
            slope += counts * scaled.T @ (every / every.sum() - right / right.sum())
        return total, slope

    found = minimize(loss, np.zeros(len(RANK_FEATURES)), jac=True, method="L-BFGS-B")
    weights = (found.x / scale).tolist()
    return {**dict(zip(RANK_FEATURES, weights, strict=True)), "furniture": FURNITURE_WEIGHT}


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
            counts.append(FILES[each.file])
    return np.array(rows), np.array(truth), np.array(counts)


def reranked(decision: Decision, each: Observed) -> tuple[list[tuple[Any, float]], bool]:
    """A question's candidates in the decision's order, and whether the first is right."""
    ranked = decision.ranked([candidate for candidate, _ in each.ranking.ranked])
    there = each.gold.article in each.library.articles
    return ranked, bool(ranked) and there and each.gold.is_right(ranked[0][0].quote)


def probabilities(
    decision: Decision, observed: Sequence[Observed]
) -> tuple[list[float], list[float]]:
    """The probabilities of answerable questions with their article in the library, and without."""
    inside: list[float] = []
    outside: list[float] = []
    for each in observed:
        ranked, _ = reranked(decision, each)
        chance = decision.probability(each.ranking.question, each.library, ranked)
        (inside if each.gold.article in each.library.articles else outside).append(chance)
    return inside, outside


def held_out(data: Path, name: str, gold_set: GoldSet) -> GoldSet:
    """The questions of a file that the reader has not learned from, at most MOST_QUESTIONS.

    Those that annotators made to look answerable are left out: they are rare among what people ask,
    and an evaluation reports them apart.
    """
    _, held = split_off(read_questions(data / f"{name}.json"), HELD_OUT_ARTICLES)
    known = {(" ".join(q.text.split()), q.paragraph.text) for q in held}
    texts = {text for text, _ in known}
    kept = [
        gold
        for gold in gold_set.questions
        if gold.answers
        and gold.text in texts
        and gold.article is not None
        and any(asked == gold.text and text in gold.article.text for asked, text in known)
    ]
    random.Random(name).shuffle(kept)  # noqa: S311  -- repeatable on purpose
    return replace(gold_set, name=name, questions=tuple(kept[:MOST_QUESTIONS]))


def report(observed: Sequence[Observed], decision: Decision) -> str:
    """One line of figures for some questions under a decision."""
    inside, outside = probabilities(decision, observed)
    outcome = [(reranked(decision, each), each) for each in observed]
    chances = [
        decision.probability(each.ranking.question, each.library, ranked)
        for (ranked, _), each in outcome
    ]
    rights = [right for (_, right), _ in outcome]
    answerable = [
        right for (_, right), each in outcome if each.gold.article in each.library.articles
    ]
    return (
        f"quote@1 {np.mean(answerable):.3f}  AUROC {auroc(inside, outside):.3f}"
        f"  answered at 5 % {answered_at(inside, outside, 0.05):.3f}"
        f"  ECE {calibration_error(chances, rights):.3f}  ({len(observed)} asked)"
    )


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
            task = bar.add_task(name, total=4 * len(gold_set.questions))
            answering = Answering(gold_set.library, decision, reader)
            observed += observe(answering, gold_set, lambda task=task: bar.advance(task))  # type: ignore[misc]  # mypy cannot type the default
    return observed


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--reader", "model", default=OWN, help="A reader's folder; its decision goes there.")
def main(data: Path, model: str) -> None:
    """Fit the decision on the training files in DATA, leaving each out once to check it."""
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
    main()
