"""The network of the reader: a MiniLM encoder with a head for the answer's start and end.

The layers are written out here and not borrowed. On a CPU most of the training time goes into
matrix products, and plain batched products for attention take a fifth of the time of the fused
kernel's backward pass at these lengths. This form also exports cleanly.
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

# Added to the scores of padded positions. Far below any real score, and finite in bfloat16.
MASKED = -10000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder. The defaults are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6


def keep_all(states: Tensor) -> Tensor:
    """Returns the states as they are: no dropout."""
    return states


def dropping(share: float, seed: int) -> Drop:
    """Returns dropout with a random generator of its own (Srivastava et al. 2014).

    The generator of functional.dropout is shared by all threads, which draw from it in any order.
    """
    noise = torch.Generator().manual_seed(seed)

    def drop(states: Tensor) -> Tensor:
        chosen = torch.empty_like(states, requires_grad=False).bernoulli_(
            1 - share, generator=noise
        )
        return states * chosen / (1 - share)

    return drop


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, shape: Shape) -> None:
        """Builds the layer with fresh weights."""
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.mixed = nn.Linear(shape.width, shape.width)
        self.mixed_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor, drop: Drop | None = None) -> Tensor:
        """Mixes the positions. `bias` (batch, 1, 1, length) is added to the attention scores."""
        drop = drop or keep_all
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


class ReaderNetwork(nn.Module):
    """Token ids in; start and end logits out, and a relevance logit while training."""

    def __init__(self, shape: Shape | None = None) -> None:
        """Builds the network with fresh weights."""
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
        """Returns the last hidden states (batch, length, width)."""
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        looked_up = self.words(input_ids) + self.places(positions) + self.kinds(token_type_ids)
        states: Tensor = (drop or keep_all)(self.norm(looked_up))
        bias = (1 - attention_mask[:, None, None, :]).to(states.dtype) * MASKED
        for layer in self.layers:
            states = layer(states, bias, drop)
        return states

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Returns what the reader needs of the network: this is what the export writes.

        Returns:
            Start and end logits (batch, length), where position 0 stands for "no answer here".
            Float32 whatever the weights are.
        """
        states = self.states(input_ids, attention_mask, token_type_ids)
        return self.span_logits(states)

    def training_logits(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, drop: Drop | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Returns the logits that the loss needs; `drop` is applied to the states.

        Returns:
            Start and end logits as of `forward`, and the relevance logit (batch,): whether this
            passage holds the answer. The relevance loss is an auxiliary loss, with which the
            shipped weights were trained; nothing else reads this logit.
        """
        states = self.states(input_ids, attention_mask, token_type_ids, drop)
        relevance: Tensor = self.relevance(states[:, 0]).float().squeeze(-1)
        return *self.span_logits(states), relevance

    def span_logits(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the start and end logits (batch, length) of some states, in float32."""
        start, end = self.span(states).float().unbind(-1)
        return start, end


def from_minilm(folder: Path) -> ReaderNetwork:
    """Builds the network on the weights of a BERT-style encoder in a folder.

    Args:
        folder: Holds `model.safetensors` with the names that Hugging Face gives to a six-layer
            MiniLM. The heads of the reader start with fresh weights.
    """
    from safetensors.torch import load_file  # noqa: PLC0415  -- of the extra `train`

    stored = load_file(folder / "model.safetensors")
    network = ReaderNetwork()
    weights = dict(network.state_dict())
    outer = {"words": "word_embeddings", "places": "position_embeddings"}
    outer |= {"kinds": "token_type_embeddings"}
    for ours, theirs in outer.items():
        weights[f"{ours}.weight"] = stored[f"embeddings.{theirs}.weight"]
    inner = {"mixed": "attention.output.dense", "mixed_norm": "attention.output.LayerNorm"}
    inner |= {"up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
    for kind in ("weight", "bias"):
        weights[f"norm.{kind}"] = stored[f"embeddings.LayerNorm.{kind}"]
        for number in range(len(network.layers)):
            source = f"encoder.layer.{number}"
            parts = [
                stored[f"{source}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")
            ]
            weights[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in inner.items():
                weights[f"layers.{number}.{ours}.{kind}"] = stored[f"{source}.{theirs}.{kind}"]
    network.load_state_dict(weights)
    return network
