"""The network: a MiniLM encoder with a head for start, end and relevance.

Written out instead of borrowed: on a CPU most of the training time is matrix
products, and plain batched products for attention take a fifth of the time of
the fused kernel's backward pass at these lengths. It also exports cleanly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Drop = Callable[[Tensor], Tensor]

# Added to the scores of padded positions; far below any real score, finite in bfloat16.
MASKED = -10000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder; the defaults are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6


def kept(states: Tensor) -> Tensor:
    """Leave states as they are."""
    return states


def dropping(share: float, seed: int) -> Drop:
    """Dropout with a generator of its own (Srivastava et al. 2014).

    That of functional.dropout is shared by all threads, which take from it in any order.
    """
    noise = torch.Generator().manual_seed(seed)

    def drop(states: Tensor) -> Tensor:
        chosen = torch.empty_like(states, requires_grad=False).bernoulli_(
            1 - share, generator=noise
        )
        return states * chosen / (1 - share)

    return drop


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does it."""

    def __init__(self, shape: Shape) -> None:
        """Build the layer with fresh weights."""
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.mixed = nn.Linear(shape.width, shape.width)
        self.mixed_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor, drop: Drop | None = None) -> Tensor:
        """Mix the positions; `bias` (batch, 1, 1, length) is added to the attention scores."""
        drop = drop or kept
        batch, length, width = states.shape
        split = self.qkv(states).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        scale = (width // self.heads) ** -0.5
        scores = torch.matmul(query * scale, key.transpose(-1, -2)) + bias
        mixed = torch.matmul(scores.softmax(-1), value)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        states = self.mixed_norm(states + drop(self.mixed(mixed)))
        out: Tensor = self.norm(states + drop(self.down(functional.gelu(self.up(states)))))
        return out


class Reader(nn.Module):
    """Token ids in; start, end and relevance logits out."""

    def __init__(self, shape: Shape | None = None) -> None:
        """Build the network with fresh weights."""
        super().__init__()
        shape = shape or Shape()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.span = nn.Linear(shape.width, 2)
        self.relevance = nn.Linear(shape.width, 1)
        nn.init.normal_(self.span.weight, std=0.02)
        nn.init.normal_(self.relevance.weight, std=0.02)

    def states(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        token_type_ids: Tensor,
        drop: Drop | None = None,
    ) -> Tensor:
        """Compute the last hidden states (batch, length, width)."""
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        looked_up = self.words(input_ids) + self.places(positions) + self.kinds(token_type_ids)
        states: Tensor = (drop or kept)(self.norm(looked_up))
        bias = (1 - attention_mask[:, None, None, :]).to(states.dtype) * MASKED
        for layer in self.layers:
            states = layer(states, bias, drop)
        return states

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor,
        token_type_ids: Tensor,
        drop: Drop | None = None,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Compute the logits; `drop` is put over the states while learning.

        Returns:
            Start and end logits (batch, length), where position 0 stands for
            "no answer here", and the relevance logit (batch,): whether this
            passage holds the answer. Float32 whatever the weights are.
        """
        states = self.states(input_ids, attention_mask, token_type_ids, drop)
        logits = self.span(states).float()
        start, end = logits.unbind(-1)
        return start, end, self.relevance(states[:, 0]).float().squeeze(-1)


def from_minilm(folder: Path) -> Reader:
    """Build the reader on the weights of a BERT-style encoder in a folder.

    Args:
        folder: Holds `model.safetensors` with the names Hugging Face gives to
            a six-layer MiniLM. The heads of the reader start fresh.
    """
    from safetensors.torch import load_file  # noqa: PLC0415  -- of the extra `train`

    stored = load_file(folder / "model.safetensors")
    reader = Reader()
    weights = dict(reader.state_dict())
    outer = {"words": "word_embeddings", "places": "position_embeddings"}
    outer |= {"kinds": "token_type_embeddings"}
    for ours, theirs in outer.items():
        weights[f"{ours}.weight"] = stored[f"embeddings.{theirs}.weight"]
    inner = {"mixed": "attention.output.dense", "mixed_norm": "attention.output.LayerNorm"}
    inner |= {"up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
    for kind in ("weight", "bias"):
        weights[f"norm.{kind}"] = stored[f"embeddings.LayerNorm.{kind}"]
        for number in range(len(reader.layers)):
            source = f"encoder.layer.{number}"
            parts = [
                stored[f"{source}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")
            ]
            weights[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in inner.items():
                weights[f"layers.{number}.{ours}.{kind}"] = stored[f"{source}.{theirs}.{kind}"]
    reader.load_state_dict(weights)
    return reader
