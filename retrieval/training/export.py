"""Writes trained weights as the folder that the product ships: graph, tokenizer and card."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from tokenizers import Tokenizer
from torch import Tensor

from index.digest import file_digest
from retrieval.reader import CARD, GRAPH, TOKENIZER
from retrieval.training.batches import MAX_TOKENS

if TYPE_CHECKING:
    from retrieval.training.network import ReaderNetwork

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# The relevance head only helps the training (`loop`): the shipped graph does not contain it.
OUTPUTS = ("start_logits", "end_logits")
OPSET = 17


def average(checkpoints: list[Path]) -> dict[str, Tensor]:
    """Averages the running averages of some checkpoints.

    Returns:
        Weights by name. Weights that training freezes are not among them.
    """
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    names: list[str] = states[0]["names"]
    columns = zip(*(state["averages"] for state in states), strict=True)
    return {
        name: torch.stack(list(column)).mean(0) for name, column in zip(names, columns, strict=True)
    }


def load(network: ReaderNetwork, weights: dict[str, Tensor]) -> ReaderNetwork:
    """Puts trained weights over those of the encoder and returns the network ready for export."""
    network.load_state_dict(dict(network.state_dict()) | weights)
    return network.eval()


def write_graph(network: ReaderNetwork, path: Path) -> None:
    """Writes the network in float32. Batch and length stay free."""
    ids = torch.ones((2, 16), dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*INPUTS, *OUTPUTS)},
            opset_version=OPSET,
            dynamo=False,
        )
    onnx.checker.check_model(str(path))


def write_tokenizer(source: Path, target: Path) -> None:
    """Copies a tokenizer without its settings for truncation and padding: the reader sets both."""
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(target))


def ship(graph: Path, tokenizer: Path, folder: Path) -> None:
    """Puts a finished graph and its tokenizer into a folder, with the card that the reader reads.

    The card is written last. It holds the digests, so a folder that is half written does not pass
    for a complete one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        write_tokenizer(tokenizer, Path(scratch) / TOKENIZER)
        shutil.copyfile(graph, Path(scratch) / GRAPH)
        card = {
            "window_tokens": MAX_TOKENS,
            "files": {name: file_digest(Path(scratch) / name) for name in (GRAPH, TOKENIZER)},
        }
        (Path(scratch) / CARD).write_text(json.dumps(card, indent=1) + "\n")
        for name in (GRAPH, TOKENIZER, CARD):
            (Path(scratch) / name).replace(folder / name)
