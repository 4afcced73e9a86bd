"""Trained weights -> the folder the product ships: graph in int8, tokenizer, settings."""

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
from retrieval.training.batches import MAX_TOKENS

if TYPE_CHECKING:
    from retrieval.training.network import Reader

GRAPH, TOKENIZER, SETTINGS = "reader.onnx", "tokenizer.json", "reader.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start_logits", "end_logits", "relevance_logit")
OPSET = 17


def average(checkpoints: list[Path]) -> dict[str, Tensor]:
    """Average the running averages of some checkpoints; weights by name, without frozen ones."""
    states = [torch.load(path, weights_only=True) for path in checkpoints]
    names: list[str] = states[0]["names"]
    columns = zip(*(state["averages"] for state in states), strict=True)
    return {
        name: torch.stack(list(column)).mean(0) for name, column in zip(names, columns, strict=True)
    }


def load(reader: Reader, weights: dict[str, Tensor]) -> Reader:
    """Put trained weights over those of the encoder, ready to be exported."""
    reader.load_state_dict(dict(reader.state_dict()) | weights)
    return reader.eval()


def write_graph(reader: Reader, path: Path) -> None:
    """Write the network in float32; batch and length stay free."""
    ids = torch.ones((2, 16), dtype=torch.long)
    free = {0: "batch", 1: "tokens"}
    axes = dict.fromkeys((*INPUTS, *OUTPUTS[:2]), free) | {OUTPUTS[2]: {0: "batch"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            reader,
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    onnx.checker.check_model(str(path))


def write_tokenizer(source: Path, target: Path) -> None:
    """Copy a tokenizer without its settings for cutting and padding: the loader decides these."""
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(target))


def ship(graph: Path, tokenizer: Path, folder: Path) -> None:
    """Put a finished graph and its tokenizer into a folder, with the settings a loader needs.

    The settings come last: they hold the digests, so a folder caught half
    written does not pass for a whole one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        write_tokenizer(tokenizer, Path(scratch) / TOKENIZER)
        shutil.copyfile(graph, Path(scratch) / GRAPH)
        settings = {
            "format": 1,
            "task": "extractive-question-answering",
            "inputs": INPUTS,
            "outputs": OUTPUTS,
            "no_answer_position": 0,
            "window_tokens": MAX_TOKENS,
            "passage_prefix": "{title}. ",
            "files": {name: file_digest(Path(scratch) / name) for name in (GRAPH, TOKENIZER)},
        }
        (Path(scratch) / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n")
        for name in (GRAPH, TOKENIZER, SETTINGS):
            (Path(scratch) / name).replace(folder / name)
