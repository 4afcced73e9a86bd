"""The sentence encoder that a library keeps beside its versions."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from config.private import make_private_folder
from index.library.lock import only_writer
from index.library.progress import Progress
from index.library.repair import explain_write_errors
from index.models.encoder import OnnxEncoder, is_exported

if TYPE_CHECKING:
    from pathlib import Path


def open_encoder(folder: Path, model: str, progress: Progress | None = None) -> OnnxEncoder:
    """Opens a library's own copy of an encoder, and writes the copy first if it is missing.

    Args:
        folder: The library's folder.
        model: `DEFAULT_MODEL`, or the path of a folder with a sentence-transformers model.
        progress: Receives a step when the copy is written.

    Raises:
        ModelError: The model cannot be loaded, or its copy is damaged.
        LibraryError: Nothing can be written to the library's folder.
    """
    home = _encoder_folder(folder, model)
    if is_exported(home):
        return OnnxEncoder(home)
    progress = progress or Progress()
    with (
        explain_write_errors(folder),
        only_writer(folder, lambda: progress.step(f"Waiting for another process in {folder}")),
    ):
        # Another process may have written it while this one waited.
        return OnnxEncoder(home) if is_exported(home) else _export(model, home, progress)


def _export(model: str, home: Path, progress: Progress) -> OnnxEncoder:
    make_private_folder(home.parent)
    from index.models.export import export_encoder  # noqa: PLC0415  -- torch takes seconds, once

    progress.step(f"Writing the sentence encoder {model} for onnxruntime (once)")
    return export_encoder(model, home)


def _encoder_folder(folder: Path, model: str) -> Path:
    """Returns where a library keeps an encoder: its readable name, and a digest of its name."""
    name = re.sub(r"[^\w.-]+", "_", model).strip("._")
    return folder / "encoders" / f"{name}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"
