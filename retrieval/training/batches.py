"""Examples -> tensors, in batches of similar length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from retrieval.training.windows import Example, Range

# Longer pairs are cut; a window of 130 words with title and question has about 190 tokens.
MAX_TOKENS = 240
MAX_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step.

    `starts` and `ends` are token positions of the answers (batch, MAX_ANSWERS),
    -1 where there are fewer; the only answer of a negative is position 0. So many rows
    on end as `together` tells are a group: one question asked of different passages.
    """

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    starts: Tensor
    ends: Tensor
    together: int = 1

    @property
    def groups(self) -> int:
        """How many questions are asked."""
        return len(self.ids) // self.together

    def part(self, first: int, every: int) -> Batch:
        """Take each so-manieth group."""
        rows = torch.arange(len(self.ids)).view(-1, self.together)[first::every].flatten()
        return Batch(
            ids=self.ids[rows],
            mask=self.mask[rows],
            kinds=self.kinds[rows],
            starts=self.starts[rows],
            ends=self.ends[rows],
            together=self.together,
        )


def open_tokenizer(path: Path, max_tokens: int = MAX_TOKENS) -> Tokenizer:
    """Open a tokenizer that cuts the passage, never the question, and does not pad."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def batches(
    groups: list[list[Example]], tokenizer: Tokenizer, size: int, rng: random.Random
) -> list[Batch]:
    """Put groups of similar length together; the order of the batches is random.

    A group with an example whose answers were all cut off is left out, so a batch may be short.

    Args:
        groups: All of the same length, 1 where examples stand alone.
        tokenizer: Cuts the texts.
        size: Examples, not groups, of a batch.
        rng: Decides the order.
    """
    pairs = [(made.question, made.passage) for group in groups for made in group]
    encodings = iter(tokenizer.encode_batch(pairs))
    usable = []
    for group in groups:
        rows = [(next(encodings), made.answers) for made in group]
        spotted = [(e, positions(e, answers) if answers else [(0, 0)]) for e, answers in rows]
        if all(spots for _, spots in spotted):
            usable.append(spotted)
    usable.sort(key=lambda group: max(len(encoding.ids) for encoding, _ in group))
    together = len(groups[0])
    step = max(1, size // together)
    parts = [usable[first : first + step] for first in range(0, len(usable), step)]
    rng.shuffle(parts)
    return [stack([row for group in part for row in group], together) for part in parts]


def positions(encoding: Encoding, answers: tuple[Range, ...]) -> list[Range]:
    """Find the first and last token of each answer that was not cut off, without doubles."""
    found = []
    for start, end in answers:
        first = encoding.char_to_token(start, 1)
        last = encoding.char_to_token(end - 1, 1)
        if first is not None and last is not None:
            found.append((first, last))
    return list(dict.fromkeys(found))[:MAX_ANSWERS]


def stack(rows: list[tuple[Encoding, list[Range]]], together: int) -> Batch:
    """Pad the rows to the longest."""
    width = max(len(encoding.ids) for encoding, _ in rows)
    ids, mask, kinds = (torch.zeros(len(rows), width, dtype=torch.long) for _ in range(3))
    starts, ends = (torch.full((len(rows), MAX_ANSWERS), -1) for _ in range(2))
    for row, (encoding, spots) in enumerate(rows):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
        kinds[row, : len(encoding.ids)] = torch.tensor(encoding.type_ids)
        starts[row, : len(spots)] = torch.tensor([start for start, _ in spots])
        ends[row, : len(spots)] = torch.tensor([end for _, end in spots])
    return Batch(ids, mask, kinds, starts, ends, together)
