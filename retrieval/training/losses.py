"""What training makes small: the loss of windows that stand alone and of groups of windows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from retrieval.training.network import MASKED

if TYPE_CHECKING:
    from retrieval.training.batches import Batch

# The weight of the relevance loss beside the span loss.
RELEVANCE_SHARE = 0.5
# The weight of all windows without an answer in a group, beside 1 for the window with the answer.
NEGATIVES_OF_GROUP = 0.5


def total_loss(start: Tensor, end: Tensor, relevance: Tensor, batch: Batch) -> Tensor:
    """Returns the loss, summed over the batch's groups."""
    alone = span_loss(start, end, batch) + RELEVANCE_SHARE * relevance_loss(relevance, batch)
    if batch.together == 1:
        return alone.sum()
    # A window with an answer counts twice as much as the other windows of its group together.
    others = NEGATIVES_OF_GROUP / (batch.together - 1)
    weights = torch.where(batch.starts[:, 0] > 0, 1.0, others)
    return (weights * alone).sum() + group_loss(start, end, batch).sum()


def span_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Returns the negative log of the probability of all answers together, (batch,)."""
    padded = (1 - batch.mask) * MASKED
    starts = functional.log_softmax(start + padded, dim=-1)
    ends = functional.log_softmax(end + padded, dim=-1)
    return -log_sum_of_answers(starts, ends, batch)


def relevance_loss(relevance: Tensor, batch: Batch) -> Tensor:
    """Returns the cross-entropy of "this passage holds the answer", (batch,)."""
    holds = (batch.starts[:, 0] > 0).float()
    return functional.binary_cross_entropy_with_logits(relevance, holds, reduction="none")


def group_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Returns the negative log of the probability of the answers among all windows, (groups,).

    The spans of all windows of a question share one norm (Clark and Gardner 2018, section 3). Each
    span counts by its lead over "no answer" at position 0 of its own window: this is the margin
    that the ranking compares. "No answer in any window" is one more outcome, with a lead of 0.
    """
    none = start[:, 0] + end[:, 0]
    outside = (1 - batch.mask * batch.kinds) * MASKED
    every = (start + outside).logsumexp(-1) + (end + outside).logsumexp(-1) - none
    right = log_sum_of_answers(start, end, batch) - none
    right = right.masked_fill(batch.starts[:, 0] == 0, -math.inf)
    every, right = (leads.view(-1, batch.together) for leads in (every, right))
    answered = (batch.starts[:, 0] > 0).view(-1, batch.together).any(-1)
    nothing = torch.zeros_like(right[:, :1])
    total = torch.cat((nothing, every), -1).logsumexp(-1)
    # A group without an answer has no right span: its right outcome is "no answer".
    best = torch.cat((nothing.masked_fill(answered[:, None], -math.inf), right), -1).logsumexp(-1)
    return total - best


def log_sum_of_answers(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Returns the log of the sum of exp(start + end) over the answers of each row, (batch,)."""
    each = start.gather(1, batch.starts.clamp(min=0)) + end.gather(1, batch.ends.clamp(min=0))
    return each.masked_fill(batch.starts < 0, -math.inf).logsumexp(dim=-1)
