"""Turns examples into tensors, in batches of similar length."""

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

# Longer pairs are cut. A window of 130 words with title and question has about 190 tokens.
MAX_TOKENS = 240
MAX_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step.

    Attributes:
        ids: Token ids, (batch, length), like `mask` and `kinds`.
        mask: 1 for a token, 0 for padding.
        kinds: 0 for the tokens of the question, 1 for those of the passage.
        starts: Token positions of the answers' starts (batch, MAX_ANSWERS), -1 where there are
            fewer answers. A negative has position 0 as its only answer.
        ends: Token positions of the answers' ends, likewise.
        together: So many neighbouring rows are a group: one question asked of different passages.
    """

    ids: Tensor
    mask: Tensor
    kinds: Tensor
    starts: Tensor
    ends: Tensor
    together: int = 1

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.ids) // self.together

    def part(self, first: int, every: int) -> Batch:
        """Returns every `every`-th group, from group `first` on."""
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
    """Opens a tokenizer that truncates the passage, never the question, and does not pad."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    tokenizer.no_padding()
    return tokenizer


def batches(
    groups: list[list[Example]], tokenizer: Tokenizer, size: int, rng: random.Random
) -> list[Batch]:
    """Puts groups of similar length into batches; the order of the batches is random.

    A group with an example whose answers were all cut off is left out, so a batch may be short.

    Args:
        groups: All with the same number of examples, 1 where examples stand alone.
        tokenizer: Turns the texts into tokens.
        size: How many examples, not groups, a batch has.
        rng: Decides the order.
    """
    pairs = [(made.question, made.passage) for group in groups for made in group]
    encodings = iter(tokenizer.encode_batch(pairs))
    usable = []
    for group in groups:
        rows = [(next(encodings), made.answers) for made in group]
        encoded = [(e, positions(e, answers) if answers else [(0, 0)]) for e, answers in rows]
        if all(ranges for _, ranges in encoded):
            usable.append(encoded)
    usable.sort(key=lambda group: max(len(encoding.ids) for encoding, _ in group))
    together = len(groups[0])
    step = max(1, size // together)
    parts = [usable[first : first + step] for first in range(0, len(usable), step)]
    rng.shuffle(parts)
    return [stack([row for group in part for row in group], together) for part in parts]


def positions(encoding: Encoding, answers: tuple[Range, ...]) -> list[Range]:
    """Returns the first and last token of each answer that was not cut off, without duplicates."""
    found = []
    for start, end in answers:
        first = encoding.char_to_token(start, 1)
        last = encoding.char_to_token(end - 1, 1)
        if first is not None and last is not None:
            found.append((first, last))
    return list(dict.fromkeys(found))[:MAX_ANSWERS]


def stack(rows: list[tuple[Encoding, list[Range]]], together: int) -> Batch:
    """Returns the rows as a batch, padded to the longest row."""
    width = max(len(encoding.ids) for encoding, _ in rows)
    ids, mask, kinds = (torch.zeros(len(rows), width, dtype=torch.long) for _ in range(3))
    starts, ends = (torch.full((len(rows), MAX_ANSWERS), -1) for _ in range(2))
    for row, (encoding, ranges) in enumerate(rows):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        mask[row, : len(encoding.ids)] = 1
        kinds[row, : len(encoding.ids)] = torch.tensor(encoding.type_ids)
        starts[row, : len(ranges)] = torch.tensor([start for start, _ in ranges])
        ends[row, : len(ranges)] = torch.tensor([end for _, end in ranges])
    return Batch(ids, mask, kinds, starts, ends, together)
