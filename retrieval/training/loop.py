"""The training loop: bfloat16 steps on float32 weights, with checkpoints to go on from."""

from __future__ import annotations

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from retrieval.training.batches import Batch, batches
from retrieval.training.losses import total_loss
from retrieval.training.network import ReaderNetwork, dropping

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

    from retrieval.training.examples import ExampleSampler

log = logging.getLogger(__name__)

BLOCK_BATCHES = 64
MAX_GRADIENT_NORM = 1.0
KEPT_CHECKPOINTS = 6
# The first part of a checkpoint's name. Checkpoints at the end of a run are never removed.
STEP, END = "step", "end"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run trains, from the first step of all or from where earlier runs ended.

    Attributes:
        steps: The length of the learning rate's schedule.
        batch: Windows of one step.
        rate: The highest learning rate.
        warmup: The share of the schedule over which the rate rises; then it falls in a line to 0.
        decay: AdamW's weight decay, for matrices only.
        average: The share that the running average of the weights keeps at each step.
        seed: Decides the order of the examples and the dropout.
        threads: Each takes its own rows of a batch.
        until: Seconds since 1970. The rate falls with the clock as well as with the steps, and
            training ends at this time at the latest; None for no such end.
        save_minutes: Time between two checkpoints.
        together: Windows of which one question is asked at once.
        dropout: The share of the states that is set to 0.
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


class Trainer:
    """The state of a training run after `step` batches."""

    def __init__(self, network: ReaderNetwork, plan: Plan) -> None:
        """Starts from the network's weights, of which the word vectors stay as they are.

        Frozen word vectors save a tenth of the time. They also keep the rare words, which no
        training question has, where the other weights expect them.
        """
        torch.set_num_threads(plan.threads)
        # Each thread takes its own rows through the whole network. No thread waits for another
        # within a layer, which matters on a machine that has other work.
        self.workers = ThreadPoolExecutor(
            plan.threads, initializer=torch.set_num_threads, initargs=(1,)
        )
        network.words.weight.requires_grad_(False)
        self.plan = plan
        self.names = [name for name, weight in network.named_parameters() if weight.requires_grad]
        self.weights = [network.get_parameter(name).detach().float().clone() for name in self.names]
        self.averages = [weight.clone() for weight in self.weights]
        self.network = network.bfloat16().train()
        self.live: list[Tensor] = [network.get_parameter(name) for name in self.names]
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
        """Takes one step and returns the loss before it."""
        size = batch.groups
        parts = [batch.part(first, self.plan.threads) for first in range(self.plan.threads)]
        seeds = [(self.plan.seed * 1_000_003 + self.step) * 64 + n for n in range(len(parts))]
        results = list(self.workers.map(self.gradients, parts, seeds))
        total = [gradient.float() for gradient in results[0][1]]
        for _, gradients in results[1:]:
            torch._foreach_add_(total, gradients)
        torch._foreach_div_(total, size)
        for weight, gradient in zip(self.weights, total, strict=True):
            weight.grad = gradient
        torch.nn.utils.clip_grad_norm_(self.weights, MAX_GRADIENT_NORM)
        self.advance()
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(self.live, self.weights)
            # The average is short at first, so that the first weights soon leave it.
            share = min(self.plan.average, (1 + self.step) / (10 + self.step))
            torch._foreach_lerp_(self.averages, self.weights, 1 - share)
        return sum(loss for loss, _ in results) / size

    def gradients(self, batch: Batch, seed: int) -> tuple[float, tuple[Tensor, ...]]:
        """Computes the summed loss of some rows and its gradient, on this thread alone."""
        drop = dropping(self.plan.dropout, seed) if self.plan.dropout else None
        logits = self.network.training_logits(batch.ids, batch.mask, batch.kinds, drop)
        loss = total_loss(*logits, batch)
        return float(loss.detach()), torch.autograd.grad(loss, self.live)

    def advance(self) -> None:
        """Counts a step and updates the progress, by steps or by the clock."""
        self.step += 1
        self.progress = max(self.progress, (self.step - self.first) / self.plan.steps)
        if self.plan.until is not None:
            began, before = self.opened
            given = self.plan.until - began
            passed = (time.time() - began) / given if given > 0 else 1.0
            self.progress = max(self.progress, before + (1 - before) * passed)

    def rate(self) -> float:
        """Returns the learning rate at the present progress."""
        rising = self.progress / self.plan.warmup
        falling = (1 - self.progress) / (1 - self.plan.warmup)
        return self.plan.rate * max(0.0, min(rising, falling))

    def averaged(self) -> dict[str, Tensor]:
        """Returns the averaged weights by name, as the network's state has them."""
        state = {name: weight.float() for name, weight in self.network.state_dict().items()}
        return state | dict(zip(self.names, self.averages, strict=True))

    def save(self, path: Path) -> None:
        """Writes everything that going on needs, in one step."""
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
        """Goes on where a checkpoint was written, under this run's own plan."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        with torch.no_grad():
            for mine, saved in ((self.weights, "weights"), (self.averages, "averages")):
                torch._foreach_copy_(mine, state[saved])
            torch._foreach_copy_(self.live, self.weights)
        self.optimizer.load_state_dict(state["optimizer"])
        self.block, self.step, self.progress, self.first = state["counts"].values()
        self.opened = (time.time(), self.progress)

    def follow(self, path: Path) -> None:
        """Counts on from the end of an earlier run, so that other examples are sampled."""
        counts = torch.load(path, weights_only=True)["counts"]
        self.block, self.step, self.first = counts["block"], counts["step"], counts["step"]

    def adopt(self, weights: dict[str, Tensor]) -> None:
        """Begins from other weights, by name: a warm restart (Loshchilov and Hutter 2017)."""
        with torch.no_grad():
            for mine in (self.weights, self.averages, self.live):
                torch._foreach_copy_(mine, [weights[name] for name in self.names])


def run(trainer: Trainer, sampler: ExampleSampler, tokenizer: Tokenizer, folder: Path) -> None:
    """Trains to the end of the plan.

    Checkpoints are written to `folder`; all but the last KEPT_CHECKPOINTS within a run are removed.
    """
    plan, saved = trainer.plan, time.time()
    while trainer.progress < 1:
        began = time.time()
        losses, rows = learn_block(trainer, sampler, tokenizer)
        log.info(
            "step %d, %.1f %% of the plan, loss %.3f, %.1f examples a second, rate %.2e",
            trainer.step,
            100 * trainer.progress,
            sum(losses) / len(losses),
            rows / (time.time() - began),
            trainer.rate(),
        )
        ended = trainer.progress >= 1
        if ended or time.time() - saved > 60 * plan.save_minutes:
            name = END if ended else STEP
            trainer.save(folder / f"{name}-{trainer.step:07d}.pt")
            saved = time.time()
            for old in sorted(folder.glob(f"{STEP}-*.pt"))[:-KEPT_CHECKPOINTS]:
                old.unlink()


def learn_block(
    trainer: Trainer, sampler: ExampleSampler, tokenizer: Tokenizer
) -> tuple[list[float], int]:
    """Samples the next block and learns from it until the plan ends: (losses, examples seen)."""
    plan, number = trainer.plan, trainer.block
    rng = random.Random(f"{plan.seed}/{number}/order")  # noqa: S311  -- repeatable on purpose
    count = plan.batch * BLOCK_BATCHES // plan.together
    if plan.together > 1:
        groups = sampler.groups(number, count, plan.together)
    else:
        groups = [[example] for example in sampler.block(number, count)]
    losses, rows = [], 0
    for batch in batches(groups, tokenizer, plan.batch, rng):
        losses.append(trainer.learn(batch))
        rows += len(batch.ids)
        if trainer.progress >= 1:
            break
    trainer.block += 1
    return losses, rows
