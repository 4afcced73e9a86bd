"""Training learns, and goes on after an interruption as if there had been none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
import torch

from retrieval.training.batches import Batch
from retrieval.training.loop import Plan, Trainer
from retrieval.training.network import ReaderNetwork, Shape, dropping
from retrieval.training.release import Folders

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


def trainer(plan: Plan = PLAN) -> Trainer:
    torch.manual_seed(0)
    return Trainer(ReaderNetwork(SMALL), plan)


def test_the_loss_falls() -> None:
    run = trainer()
    losses = [run.learn(batch(step)) for step in range(40)]
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


def test_a_run_that_was_interrupted_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    whole, first, second = trainer(), trainer(), trainer()
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
    first, second, third = trainer(Plan(steps=3, threads=1)), trainer(), trainer()
    for step in range(3):
        first.learn(batch(step))
    first.block = 2
    first.save(tmp_path / "end.pt")
    second.follow(tmp_path / "end.pt")
    assert (second.block, second.step, second.progress) == (2, 3, 0.0)
    assert torch.equal(second.weights[0], trainer().weights[0])
    for step in range(6):
        second.learn(batch(step))
    assert second.progress == pytest.approx(6 / PLAN.steps)
    second.save(tmp_path / "middle.pt")
    third.restore(tmp_path / "middle.pt")
    third.learn(batch(9))
    assert third.progress == pytest.approx(7 / PLAN.steps)


def test_the_rate_rises_then_falls_to_nothing() -> None:
    run, rates = trainer(), []
    for _ in range(PLAN.steps):
        run.advance()
        rates.append(run.rate())
    top = rates.index(max(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert rates[-1] == pytest.approx(0.0, abs=1e-9)


def test_the_clock_ends_a_run_that_is_too_slow_for_its_plan() -> None:
    run = trainer(Plan(steps=1000, threads=1, until=0.0))
    run.advance()
    assert run.progress >= 1


def test_padding_does_not_change_what_is_read() -> None:
    torch.manual_seed(0)
    network = ReaderNetwork(SMALL).eval()
    ids = torch.randint(1, 50, (1, 6))
    ones = torch.ones_like(ids)
    wide = torch.nn.functional.pad(ids, (0, 4)), torch.nn.functional.pad(ones, (0, 4))
    start, _, relevance = network.training_logits(ids, ones, torch.zeros_like(ids), None)
    kinds = torch.zeros(1, 10, dtype=torch.long)
    padded, _, same = network.training_logits(*wide, kinds, None)
    assert torch.allclose(start, padded[:, :6], atol=1e-5)
    assert torch.allclose(relevance, same, atol=1e-5)


def test_the_ends_of_runs_are_found_and_averaged_by_number(tmp_path: Path) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)
    ends = [trainer(), trainer(), trainer()]
    for number, end in enumerate(ends):
        for step in range(number):
            end.learn(batch(step))
        (tmp_path / f"step-{number}5.pt").touch()
        end.save(tmp_path / f"end-{number}7.pt")
    assert [path.stem for path in folders.ends()] == ["end-07", "end-17", "end-27"]
    assert [path.stem[-2:] for path in folders.checkpoints()] == [
        "05",
        "07",
        "15",
        "17",
        "25",
        "27",
    ]
    name = ends[0].names[0]
    middle = (ends[0].averages[0] + ends[2].averages[0]) / 2
    assert torch.allclose(folders.mean((1, 3))[name], middle)
    with pytest.raises(click.UsageError, match="run 4 has not ended, only 3 have"):
        folders.mean((1, 4))


def test_dropout_leaves_out_its_share_and_repeats_itself() -> None:
    states = torch.ones(40, 50)
    first, again = dropping(0.1, 5)(states), dropping(0.1, 5)(states)
    assert torch.equal(first, again)
    assert not torch.equal(first, dropping(0.1, 6)(states))
    assert 0.07 < float((first == 0).float().mean()) < 0.13
    assert float(first.max()) == pytest.approx(1 / 0.9)


def test_a_run_with_dropout_is_repeatable_and_learns() -> None:
    plan = Plan(steps=60, batch=6, rate=3e-3, threads=1, dropout=0.1)
    first, second = trainer(plan), trainer(plan)
    losses = [first.learn(batch(step)) for step in range(40)]
    assert [second.learn(batch(step)) for step in range(40)] == losses
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])


def test_a_run_can_begin_from_other_weights_than_its_checkpoint() -> None:
    run, other = trainer(), trainer()
    other.learn(batch())
    run.adopt(other.averaged())
    for mine, theirs in zip(run.weights, other.averages, strict=True):
        assert torch.equal(mine, theirs)
    assert run.learn(batch(1)) != trainer().learn(batch(1))
