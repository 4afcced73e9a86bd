"""Scores how similar questions and texts are, in words and in meaning."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer

from retrieval.training.negatives import Floats, words
from retrieval.training.network import from_minilm

if TYPE_CHECKING:
    from pathlib import Path

BM25_SHARE = 0.5
K1, B = 1.2, 0.75
MAX_TOKENS = 192
BATCH = 64


def likeness(asked: list[str], texts: list[str], folder: Path) -> Floats:
    """Scores every text for every question: cosine plus half of BM25 divided by the best BM25.

    Returns:
        Shape (questions, texts).
    """
    lexical = bm25(asked, texts)
    lexical /= np.maximum(lexical.max(axis=1, keepdims=True), 1e-6)
    return embed(asked, folder) @ embed(texts, folder).T + np.float32(BM25_SHARE) * lexical


def bm25(asked: list[str], texts: list[str]) -> Floats:
    """Scores every text for every question with Lucene's BM25; shape (questions, texts)."""
    counts = [Counter(words(text)) for text in texts]
    lengths = np.array([count.total() for count in counts], dtype=np.float32)
    damping = K1 * (1 - B + B * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = {}
    for row, count in enumerate(counts):
        for word, times in count.items():
            postings.setdefault(word, []).append((row, times))
    scores = np.zeros((len(asked), len(texts)), dtype=np.float32)
    for line, text in zip(scores, asked, strict=True):
        for word in sorted(set(words(text)) & postings.keys()):
            rows, times = np.array(postings[word]).T
            rarity = np.log1p((len(texts) - len(rows) + 0.5) / (len(rows) + 0.5))
            line[rows] += rarity * times * (K1 + 1) / (times + damping[rows])
    return scores


def embed(texts: list[str], folder: Path) -> Floats:
    """Encodes texts as the sentence encoder does: the mean of its last states, of length 1."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    encoded = tokenizer.encode_batch(texts)
    order = sorted(range(len(texts)), key=lambda n: len(encoded[n].ids))
    network = from_minilm(folder).bfloat16().eval()
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            part = order[first : first + BATCH]
            length = max(len(encoded[n].ids) for n in part)
            ids = torch.zeros(len(part), length, dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, n in enumerate(part):
                ids[row, : len(encoded[n].ids)] = torch.tensor(encoded[n].ids)
                mask[row, : len(encoded[n].ids)] = 1
            states = network.states(ids, mask, torch.zeros_like(ids)).float()
            mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[part] = torch.nn.functional.normalize(mean, dim=-1).numpy()
    return vectors
