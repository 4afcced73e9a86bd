"""Writes an extractive question answering model from Hugging Face as a reader's folder, once."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import tempfile
import warnings
from pathlib import Path
from typing import Any

from config.errors import ModelError
from config.private import make_private_folder
from index.digest import file_digest
from retrieval.reader import CARD, GRAPH, TOKENIZER

_MAX_WINDOW_TOKENS = 384


def exported_reader(model: str, home: Path) -> Path:
    """Returns the folder of an exported model; exports the model if that was not done before.

    Args:
        model: A folder, or a name on the model hub where one can be reached.
        home: Where exported readers are kept.

    Raises:
        ModelError: There is no such model, or it answers no questions.
    """
    name = re.sub(r"[^\w.-]+", "_", model).strip("._")
    folder = home / f"{name}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"
    if (folder / CARD).is_file():
        return folder
    if _is_path(model) and not Path(model).is_dir():
        raise ModelError(
            f"READER_MODEL: there is no folder {model}: correct the path, or set READER_MODEL=none."
        )
    make_private_folder(home)
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        written = Path(scratch) / "reader"
        make_private_folder(written)
        _export(model, written)
        if not folder.exists():
            written.rename(folder)
    return folder


def _is_path(model: str) -> bool:
    """Tells whether this can only be a folder: a name on the hub is "model" or "owner/model"."""
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1


def _export(model: str, folder: Path) -> None:
    try:
        # transformers takes seconds to import, and only this export needs it.
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer  # noqa: PLC0415  -- slow
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415  -- slow

        # The hub is asked several times for a name that it does not know, with a warning each time.
        # Our own error below says it in one sentence.
        logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)
        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # transformers leaves it bare
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # likewise
        network, loading = AutoModelForQuestionAnswering.from_pretrained(
            model, output_loading_info=True
        )
        tokenizer = AutoTokenizer.from_pretrained(model, use_fast=True)
        tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    except Exception as error:  # each loader raises a class of its own
        raise ModelError(
            f"READER_MODEL {model} cannot be loaded as an extractive question answering model:"
            " give its folder or name, or none, or leave it unset for the one that comes along."
        ) from error
    if any(key.startswith("qa_outputs") for key in loading["missing_keys"]):
        raise ModelError(
            f"READER_MODEL {model} was not trained to answer questions (it has no qa_outputs):"
            " give an extractive question answering model."
        )
    _write_graph(network.eval(), folder / GRAPH)
    positions = int(getattr(network.config, "max_position_embeddings", _MAX_WINDOW_TOKENS + 2))
    card = {
        "window_tokens": min(_MAX_WINDOW_TOKENS, positions - 2),
        "files": {name: file_digest(folder / name) for name in (GRAPH, TOKENIZER)},
    }
    (folder / CARD).write_text(json.dumps(card, indent=1), encoding="utf-8")


def _write_graph(network: Any, path: Path) -> None:
    import torch  # noqa: PLC0415  -- seconds, once

    class Read(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any, *token_type_ids: Any) -> Any:
            kinds = {"token_type_ids": token_type_ids[0]} if token_type_ids else {}
            output = self.network(input_ids=input_ids, attention_mask=attention_mask, **kinds)
            return output.start_logits, output.end_logits

    ids = torch.ones((2, 16), dtype=torch.long)
    names = ["input_ids", "attention_mask"]
    if getattr(network.config, "type_vocab_size", 0) > 1:
        names.append("token_type_ids")
    inputs = (ids, torch.ones_like(ids), torch.zeros_like(ids))[: len(names)]
    outputs = ["start_logits", "end_logits"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Read().eval(),
            inputs,
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, *outputs]},
            dynamo=False,
        )
