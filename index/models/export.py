"""Writing a sentence-transformers model as ONNX graphs, once for each library."""

from __future__ import annotations

import json
import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from config.errors import ModelError
from config.private import make_private_folder
from index.digest import file_digest
from index.models.encoder import CARD, GRAPH, TOKEN_GRAPH, TOKENIZER, OnnxEncoder, is_exported
from index.models.quantise import quantise
from index.models.weights import folder_digest, model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# The vectors of these texts are compared with those of sentence-transformers; one text is long.
_PROBES = ("where is the HQ?", "NATO defence ministers met in Brussels.", "Größe 12 € — 価格 " * 90)
_MIN_COSINE = 0.9999
# int8 changes the vectors: this is what the mean cosine over the tokens of a text must reach
# (all-MiniLM-L6-v2 has .98).
_MIN_TOKENS_COSINE = 0.9


def export_encoder(name: str, folder: Path) -> OnnxEncoder:
    """Writes a model to a folder as graphs, and checks them against the original.

    Args:
        name: `DEFAULT_MODEL`, or the path of a folder with a sentence-transformers model.
        folder: The folder to write; it appears only when it is complete.

    Raises:
        ModelError: The model cannot be loaded, or the graph's vectors are not the model's.
    """
    source = model_folder(name)
    make_private_folder(folder.parent)
    model = _load(source, name)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        written = Path(scratch) / "encoder"
        make_private_folder(written)
        _write(model, name, folder_digest(source), written)
        encoder = OnnxEncoder(written)
        for worst, least in (
            (_vectors_cosine(encoder, model), _MIN_COSINE),
            (_tokens_cosine(encoder, model), _MIN_TOKENS_COSINE),
        ):
            if worst < least:
                raise ModelError(
                    f"The exported {name} differs from the original (cosine {worst:.4f}): report"
                    " it."
                )
        if not is_exported(folder):
            if folder.exists():
                folder.rename(Path(scratch) / "older")
            written.rename(folder)
    return OnnxEncoder(folder)


def _vectors_cosine(encoder: OnnxEncoder, model: SentenceTransformer) -> float:
    """Returns the lowest cosine of a text's vector with the original vector."""
    theirs = model.encode(list(_PROBES), normalize_embeddings=True)
    return float(np.min(np.sum(encoder.encode(_PROBES) * theirs, axis=1)))


def _tokens_cosine(encoder: OnnxEncoder, model: SentenceTransformer) -> float:
    """Returns the lowest mean cosine of a text's token vectors with the original ones."""
    theirs = model.encode(list(_PROBES), output_value="token_embeddings")
    means = []
    cut = {"truncation": True, "max_length": model.max_seq_length}
    for text, ours, original in zip(_PROBES, encoder.token_vectors(_PROBES), theirs, strict=True):
        marks = model.tokenizer(text, return_special_tokens_mask=True, **cut)
        inner = original.numpy()[np.array(marks["special_tokens_mask"]) == 0]
        cosines = np.sum(ours.vectors * inner, axis=1) / np.linalg.norm(inner, axis=1)
        means.append(float(cosines.mean()))
    return min(means)


def _load(source: Path, name: str) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TQDM_DISABLE", "1")
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  -- seconds, once
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415  -- as above

        disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it bare
        return SentenceTransformer(str(source), device="cpu", local_files_only=True)
    except Exception as error:
        raise ModelError(
            f"sentence-transformers cannot load the encoder {name}: check the folder {source}."
        ) from error


def _write(model: SentenceTransformer, name: str, digest: str, folder: Path) -> None:
    _write_graph(model, "sentence_embedding", folder / GRAPH)
    whole = folder / "whole.onnx"
    _write_graph(model, "token_embeddings", whole)
    quantise(whole, folder / TOKEN_GRAPH)
    whole.unlink()
    model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    files = {file: file_digest(folder / file) for file in (GRAPH, TOKEN_GRAPH, TOKENIZER)}
    card = {
        "name": name,
        "digest": digest,
        "dim": model.get_embedding_dimension(),
        "max_tokens": model.max_seq_length,
        "files": files,
    }
    (folder / CARD).write_text(json.dumps(card, indent=1))


def _write_graph(model: SentenceTransformer, output: str, path: Path) -> None:
    """Writes the graph that computes one of a model's outputs, as vectors of length 1."""
    import torch  # noqa: PLC0415  -- seconds, once

    class Encode(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            features = {
                "input_ids": input_ids,
                "attention_mask": attention_mask,
                "token_type_ids": token_type_ids,
            }
            return torch.nn.functional.normalize(self.model(features)[output], dim=-1)

    ids = torch.ones((2, 16), dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    of_texts = {0: "batch"} if output == "sentence_embedding" else axes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Encode().eval(),
            (ids, torch.ones_like(ids), torch.zeros_like(ids)),
            str(path),
            input_names=["input_ids", "attention_mask", "token_type_ids"],
            output_names=["vectors"],
            dynamic_axes={
                "input_ids": axes,
                "attention_mask": axes,
                "token_type_ids": axes,
                "vectors": of_texts,
            },
            dynamo=False,
        )
