"""The losses reward right answers, whichever window and whichever answer it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from retrieval.training.batches import Batch
from retrieval.training.losses import group_loss, relevance_loss, span_loss, total_loss


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
        total_loss(logits, logits, relevance, batch), alone[0] + 0.5 * alone[1] + compared
    )
    assert torch.equal(
        total_loss(logits, logits, relevance, replace(batch, together=1)), alone.sum()
    )
