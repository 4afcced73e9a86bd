"""Training learns, and goes on after an interruption as if there had been none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest
import torch

from retrieval.training.batches import Batch
from retrieval.training.loop import (
    Plan,
    Training,
    group_loss,
    loss_of,
    relevance_loss,
    span_loss,
)
from retrieval.training.network import Reader, Shape, dropping
from retrieval.training.release import Places

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Shape(vocabulary=50, positions=16, width=16, inner=32, heads=2, layers=1)
PLAN = Plan(steps=60, batch=6, rate=3e-3, threads=1)


def batch(seed: int = 0) -> Batch:
    """The answer is wherever word 7 stands; without it there is none."""
    ids = torch.randint(10, 50, (6, 12), generator=torch.Generator().manual_seed(seed))
    starts = torch.full((6, 4), -1)
    starts[:, 0] = torch.tensor([2, 5, 9, 3, 0, 0])
    ids[torch.arange(4), starts[:4, 0]] = 7
    return Batch(ids, torch.ones_like(ids), torch.zeros_like(ids), starts, starts.clone())


def training(plan: Plan = PLAN) -> Training:
    torch.manual_seed(0)
    return Training(Reader(SMALL), plan)


def test_the_loss_falls() -> None:
    run = training()
    losses = [run.learn(batch(step)) for step in range(40)]
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


def test_a_run_that_was_interrupted_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, first, second = training(), training(), training()
    for step in range(4):
        whole.learn(batch(step))
    for step in range(2):
        first.learn(batch(step))
    first.save(tmp_path / "step.pt")
    second.restore(tmp_path / "step.pt")
    for step in range(2, 4):
        second.learn(batch(step))
    assert (second.step, second.progress) == (whole.step, whole.progress)
    for mine, theirs in zip(second.weights, whole.weights, strict=True):
        assert torch.equal(mine, theirs)
    for mine, theirs in zip(second.averages, whole.averages, strict=True):
        assert torch.equal(mine, theirs)


def test_a_run_that_follows_another_counts_on_and_has_its_own_plan(tmp_path: Path) -> None:
    first, second, third = training(Plan(steps=3, threads=1)), training(), training()
    for step in range(3):
        first.learn(batch(step))
    first.block = 2
    first.save(tmp_path / "end.pt")
    second.follow(tmp_path / "end.pt")
    assert (second.block, second.step, second.progress) == (2, 3, 0.0)
    assert torch.equal(second.weights[0], training().weights[0])
    for step in range(6):
        second.learn(batch(step))
    assert second.progress == pytest.approx(6 / PLAN.steps)
    second.save(tmp_path / "middle.pt")
    third.restore(tmp_path / "middle.pt")
    third.learn(batch(9))
    assert third.progress == pytest.approx(7 / PLAN.steps)


def test_the_rate_rises_then_falls_to_nothing() -> None:
    run, rates = training(), []
    for _ in range(PLAN.steps):
        run.advance()
        rates.append(run.rate())
    top = rates.index(max(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == pytest.approx(0.0, abs=1e-9)


def test_the_clock_ends_a_run_that_is_too_slow_for_its_plan() -> None:
    run = training(Plan(steps=1000, threads=1, until=0.0))
    run.advance()
    assert run.progress >= 1


def test_either_of_two_right_answers_is_as_good_as_the_other() -> None:
    starts = torch.tensor([[1, 3, -1, -1]])
    ones = torch.ones(1, 5, dtype=torch.long)
    both = Batch(ones, ones, ones, starts, starts.clone())
    peak = torch.full((1, 5), -20.0)
    peak[0, 3] = 20.0
    assert float(span_loss(peak, peak, both)) == pytest.approx(0.0, abs=1e-4)
    assert float(span_loss(-peak, -peak, both)) > 1
    nothing = peak.roll(-3, dims=1)
    assert float(span_loss(nothing, nothing, both)) > 1


def test_padding_does_not_change_what_is_read() -> None:
    torch.manual_seed(0)
    reader = Reader(SMALL).eval()
    ids = torch.randint(1, 50, (1, 6))
    ones = torch.ones_like(ids)
    wide = torch.nn.functional.pad(ids, (0, 4)), torch.nn.functional.pad(ones, (0, 4))
    start, _, relevance = reader(ids, ones, torch.zeros_like(ids))
    padded, _, same = reader(*wide, torch.zeros(1, 10, dtype=torch.long))
    assert torch.allclose(start, padded[:, :6], atol=1e-5)
    assert torch.allclose(relevance, same, atol=1e-5)


def test_the_ends_of_runs_are_found_and_averaged_by_number(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path, tmp_path)
    ends = [training(), training(), training()]
    for number, end in enumerate(ends):
        for step in range(number):
            end.learn(batch(step))
        (tmp_path / f"step-{number}5.pt").touch()
        end.save(tmp_path / f"end-{number}7.pt")
    assert [path.stem for path in places.ends()] == ["end-07", "end-17", "end-27"]
    assert [path.stem[-2:] for path in places.checkpoints()] == ["05", "07", "15", "17", "25", "27"]
    name = ends[0].names[0]
    middle = (ends[0].averages[0] + ends[2].averages[0]) / 2
    assert torch.allclose(places.mean((1, 3))[name], middle)
    with pytest.raises(click.UsageError, match="run 4 has not ended, only 3 have"):
        places.mean((1, 4))


def pair(answered: bool) -> Batch:
    """One question asked of two windows; the answer is token 2 of the first, or nowhere."""
    ones = torch.ones(2, 4, dtype=torch.long)
    starts = torch.full((2, 4), -1)
    starts[:, 0] = torch.tensor([2 if answered else 0, 0])
    passage = ones.clone()
    passage[:, 0] = 0
    return Batch(ones, ones, passage, starts, starts.clone(), together=2)


def test_a_group_compares_the_leads_of_its_windows() -> None:
    # Each window: "no answer" at 0, then three tokens; the lead of a span is twice its logit.
    right, wrong = torch.full((2, 4), -20.0), torch.full((2, 4), -20.0)
    right[:, 0], wrong[:, 0] = 0.0, 0.0
    right[0, 2], wrong[1, 3] = 3.0, 3.0
    both = right.clone()
    both[1, 3] = 3.0
    assert float(group_loss(right, right, pair(answered=True))) < 0.01
    assert float(group_loss(both, both, pair(answered=True))) == pytest.approx(0.694, abs=0.01)
    assert float(group_loss(wrong, wrong, pair(answered=True))) > 10
    assert float(group_loss(right, right, pair(answered=False))) == pytest.approx(6.0, abs=0.01)
    # What counts is the lead: the same added to all logits of one window changes nothing.
    for row in range(2):
        both[row] += 5.0
        assert float(group_loss(both, both, pair(answered=True))) == pytest.approx(0.694, abs=0.01)


def test_a_group_learns_from_each_window_and_from_the_comparison() -> None:
    logits, relevance = torch.tensor([[0.0, 1, 2, 0], [0, 0, 0, 1]]), torch.tensor([1.0, -2])
    batch = pair(answered=True)
    alone = span_loss(logits, logits, batch) + 0.5 * relevance_loss(relevance, batch)
    compared = group_loss(logits, logits, batch).sum()
    assert torch.allclose(
        loss_of(logits, logits, relevance, batch), alone[0] + 0.5 * alone[1] + compared
    )
    assert torch.equal(loss_of(logits, logits, relevance, replace(batch, together=1)), alone.sum())


def test_dropout_leaves_out_its_share_and_repeats_itself() -> None:
    states = torch.ones(40, 50)
    first, again = dropping(0.1, 5)(states), dropping(0.1, 5)(states)
    assert torch.equal(first, again)
    assert not torch.equal(first, dropping(0.1, 6)(states))
    assert 0.07 < float((first == 0).float().mean()) < 0.13
    assert float(first.max()) == pytest.approx(1 / 0.9)


def test_a_run_with_dropout_is_repeatable_and_learns() -> None:
    plan = Plan(steps=60, batch=6, rate=3e-3, threads=1, dropout=0.1)
    first, second = training(plan), training(plan)
    losses = [first.learn(batch(step)) for step in range(40)]
    assert [second.learn(batch(step)) for step in range(40)] == losses
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


def test_a_run_can_begin_from_other_weights_than_its_checkpoint() -> None:
    run, other = training(), training()
    other.learn(batch())
    run.adopt(other.averaged())
    for mine, theirs in zip(run.weights, other.averages, strict=True):
        assert torch.equal(mine, theirs)
    assert run.learn(batch(1)) != training().learn(batch(1))
