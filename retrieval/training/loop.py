"""The training loop: bfloat16 steps on float32 weights, with checkpoints to go on from."""

from __future__ import annotations

import logging
import math
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn import functional

from retrieval.training.batches import Batch, batches
from retrieval.training.network import MASKED, Reader, dropping

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

    from retrieval.training.examples import Draw

log = logging.getLogger(__name__)

BLOCK_BATCHES = 64
RELEVANCE_SHARE = 0.5
NEGATIVES_OF_GROUP = 0.5
CLIP = 1.0
KEPT_CHECKPOINTS = 6
# What a checkpoint's name begins with; those at the end of a run are never removed.
STEP, END = "step", "end"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train, from its first step or from where earlier runs ended.

    `steps` sets the pace of the learning rate: up over the first `warmup` of
    them, then down in a line to zero. With `until` (seconds since 1970) the
    rate also falls with the clock, and training ends then at the latest.
    """

    steps: int
    batch: int = 32
    rate: float = 2e-4
    warmup: float = 0.04
    decay: float = 0.01
    average: float = 0.998
    seed: int = 7
    threads: int = 4
    until: float | None = None
    save_minutes: float = 4.0
    together: int = 1
    dropout: float = 0.0


def span_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Negative log of the probability of all answers together, (batch,)."""
    padded = (1 - batch.mask) * MASKED
    starts = functional.log_softmax(start + padded, dim=-1)
    ends = functional.log_softmax(end + padded, dim=-1)
    return -of_answers(starts, ends, batch)


def of_answers(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Log of the sum of exp(start + end) over a row's answers, (batch,)."""
    each = start.gather(1, batch.starts.clamp(min=0)) + end.gather(1, batch.ends.clamp(min=0))
    return each.masked_fill(batch.starts < 0, -math.inf).logsumexp(dim=-1)


def group_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Negative log of the probability of a question's answers among all its windows, (groups,).

    The spans of all windows share one norm (Clark and Gardner 2018, section 3), each by its lead
    over "no answer" at position 0 of its own window, which is the margin that the ranking compares;
    "no answer in any of them" is one more outcome, of lead 0.
    """
    none = start[:, 0] + end[:, 0]
    outside = (1 - batch.mask * batch.kinds) * MASKED
    every = (start + outside).logsumexp(-1) + (end + outside).logsumexp(-1) - none
    right = of_answers(start, end, batch) - none
    right = right.masked_fill(batch.starts[:, 0] == 0, -math.inf)
    every, right = (leads.view(-1, batch.together) for leads in (every, right))
    answered = (batch.starts[:, 0] > 0).view(-1, batch.together).any(-1)
    nothing = torch.zeros_like(right[:, :1])
    total = torch.cat((nothing, every), -1).logsumexp(-1)
    # A group without answer has no right span: its right outcome is "none".
    best = torch.cat((nothing.masked_fill(answered[:, None], -math.inf), right), -1).logsumexp(-1)
    return total - best


def loss_of(start: Tensor, end: Tensor, relevance: Tensor, batch: Batch) -> Tensor:
    """What is to be made small, summed over the batch's groups."""
    alone = span_loss(start, end, batch) + RELEVANCE_SHARE * relevance_loss(relevance, batch)
    if batch.together == 1:
        return alone.sum()
    # Twice as much for windows with an answer as for the others of a group together.
    others = NEGATIVES_OF_GROUP / (batch.together - 1)
    weights = torch.where(batch.starts[:, 0] > 0, 1.0, others)
    return (weights * alone).sum() + group_loss(start, end, batch).sum()


def relevance_loss(relevance: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of "this passage holds the answer", (batch,)."""
    holds = (batch.starts[:, 0] > 0).float()
    return functional.binary_cross_entropy_with_logits(relevance, holds, reduction="none")


class Training:
    """The state of a training run; `step` batches have been learned from."""

    def __init__(self, reader: Reader, plan: Plan) -> None:
        """Start from the reader's weights, whose word vectors stay as they are.

        Frozen word vectors save a tenth of the time and keep the rare words,
        which no training question has, where the others expect them.
        """
        torch.set_num_threads(plan.threads)
        # Each thread takes its own rows through the whole network: nobody waits for
        # another within a layer, which matters on a machine that is busy elsewhere.
        self.workers = ThreadPoolExecutor(
            plan.threads, initializer=torch.set_num_threads, initargs=(1,)
        )
        reader.words.weight.requires_grad_(False)
        self.plan = plan
        self.names = [name for name, weight in reader.named_parameters() if weight.requires_grad]
        self.weights = [reader.get_parameter(name).detach().float().clone() for name in self.names]
        self.averages = [weight.clone() for weight in self.weights]
        self.network = reader.bfloat16().train()
        self.live: list[Tensor] = [reader.get_parameter(name) for name in self.names]
        flat = [weight for weight in self.weights if weight.dim() < 2]
        deep = [weight for weight in self.weights if weight.dim() >= 2]
        groups = [
            {"params": deep, "weight_decay": plan.decay},
            {"params": flat, "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
        self.block = 0
        self.step = 0
        self.first = 0
        self.progress = 0.0
        self.opened = (time.time(), 0.0)

    def learn(self, batch: Batch) -> float:
        """Take one step; returns the loss before it."""
        size = batch.groups
        parts = [batch.part(first, self.plan.threads) for first in range(self.plan.threads)]
        seeds = [(self.plan.seed * 1_000_003 + self.step) * 64 + n for n in range(len(parts))]
        results = list(self.workers.map(self.slopes, parts, seeds))
        total = [slope.float() for slope in results[0][1]]
        for _, slopes in results[1:]:
            torch._foreach_add_(total, slopes)
        torch._foreach_div_(total, size)
        for weight, slope in zip(self.weights, total, strict=True):
            weight.grad = slope
        torch.nn.utils.clip_grad_norm_(self.weights, CLIP)
        self.advance()
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(self.live, self.weights)
            # Short at first, so that the start does not linger in the average.
            share = min(self.plan.average, (1 + self.step) / (10 + self.step))
            torch._foreach_lerp_(self.averages, self.weights, 1 - share)
        return sum(loss for loss, _ in results) / size

    def slopes(self, batch: Batch, seed: int) -> tuple[float, tuple[Tensor, ...]]:
        """Compute the summed loss of some rows and its gradient, on this thread alone."""
        drop = dropping(self.plan.dropout, seed) if self.plan.dropout else None
        start, end, relevance = self.network(batch.ids, batch.mask, batch.kinds, drop)
        loss = loss_of(start, end, relevance, batch)
        return float(loss.detach()), torch.autograd.grad(loss, self.live)

    def advance(self) -> None:
        """Count a step and see how far along the plan it is, by count or by clock."""
        self.step += 1
        self.progress = max(self.progress, (self.step - self.first) / self.plan.steps)
        if self.plan.until is not None:
            began, before = self.opened
            given = self.plan.until - began
            passed = (time.time() - began) / given if given > 0 else 1.0
            self.progress = max(self.progress, before + (1 - before) * passed)

    def rate(self) -> float:
        """Compute the learning rate now."""
        rising = self.progress / self.plan.warmup
        falling = (1 - self.progress) / (1 - self.plan.warmup)
        return self.plan.rate * max(0.0, min(rising, falling))

    def averaged(self) -> dict[str, Tensor]:
        """The averaged weights by name, as the network's state has them."""
        state = {name: weight.float() for name, weight in self.network.state_dict().items()}
        return state | dict(zip(self.names, self.averages, strict=True))

    def save(self, path: Path) -> None:
        """Write everything that going on needs, in one step."""
        state = {
            "plan": asdict(self.plan),
            "names": self.names,
            "weights": self.weights,
            "averages": self.averages,
            "optimizer": self.optimizer.state_dict(),
            "counts": {
                "block": self.block,
                "step": self.step,
                "progress": self.progress,
                "first": self.first,
            },
        }
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def restore(self, path: Path) -> None:
        """Go on where a checkpoint was written, under this run's own plan."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        with torch.no_grad():
            for mine, saved in ((self.weights, "weights"), (self.averages, "averages")):
                torch._foreach_copy_(mine, state[saved])
            torch._foreach_copy_(self.live, self.weights)
        self.optimizer.load_state_dict(state["optimizer"])
        self.block, self.step, self.progress, self.first = state["counts"].values()
        self.opened = (time.time(), self.progress)

    def follow(self, path: Path) -> None:
        """Count on from the end of an earlier run, so that other examples are drawn."""
        counts = torch.load(path, weights_only=True)["counts"]
        self.block, self.step, self.first = counts["block"], counts["step"], counts["step"]

    def adopt(self, weights: dict[str, Tensor]) -> None:
        """Begin from other weights, by name: a warm restart (Loshchilov and Hutter 2017)."""
        with torch.no_grad():
            for mine in (self.weights, self.averages, self.live):
                torch._foreach_copy_(mine, [weights[name] for name in self.names])


def run(training: Training, draw: Draw, tokenizer: Tokenizer, folder: Path) -> None:
    """Train to the end of the plan; checkpoints go to `folder`, the oldest are removed."""
    plan, saved, losses = training.plan, time.time(), [0.0]
    while training.progress < 1:
        began, rows = time.time(), 0
        rng = random.Random(f"{plan.seed}/{training.block}/order")  # noqa: S311 - repeatable
        count = plan.batch * BLOCK_BATCHES // plan.together
        if plan.together > 1:
            groups = draw.groups(training.block, count, plan.together)
        else:
            groups = [[example] for example in draw.block(training.block, count)]
        losses = []
        for batch in batches(groups, tokenizer, plan.batch, rng):
            losses.append(training.learn(batch))
            rows += len(batch.ids)
            if training.progress >= 1:
                break
        training.block += 1
        speed = rows / (time.time() - began)
        log.info(
            "step %d, %.1f %% of the plan, loss %.3f, %.1f examples a second, rate %.2e",
            training.step,
            100 * training.progress,
            sum(losses) / len(losses),
            speed,
            training.rate(),
        )
        ended = training.progress >= 1
        if ended or time.time() - saved > 60 * plan.save_minutes:
            name = END if ended else STEP
            training.save(folder / f"{name}-{training.step:07d}.pt")
            saved = time.time()
            for old in sorted(folder.glob(f"{STEP}-*.pt"))[:-KEPT_CHECKPOINTS]:
                old.unlink()
