"""The manifest of a version: its format, its encoder, its size, and the digest of every file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from config.errors import LibraryError
from index.digest import file_digest
from index.library.repair import REBUILD

if TYPE_CHECKING:
    from pathlib import Path

    from index.library.library import Library
    from index.models.encoder import Encoder

# Goes up when an older program could not read the files or would read them wrongly, and when
# documents are cut in another way: a library of another format is built anew.
FORMAT = 2
MANIFEST = "manifest.json"


def write_manifest(library: Library, folder: Path) -> None:
    """Writes the manifest of a library whose other files are already in the folder."""
    manifest = {
        "format": FORMAT,
        "version": library.version,
        "encoder": {
            "name": library.encoder.name,
            "digest": library.encoder.digest,
            "dim": library.encoder.dim,
        },
        "articles": len(library.articles),
        "passages": len(library.passages),
        "sentences": len(library.sentences),
        "files": {path.name: file_digest(path) for path in sorted(folder.iterdir())},
    }
    (folder / MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=0), encoding="utf-8"
    )


def check_files(folder: Path, encoder: Encoder) -> None:
    """Checks the files of a version against its manifest.

    Raises:
        LibraryError: The manifest or a file is missing or damaged, or the version has another
            format or was made by another encoder.
    """
    manifest = _read_manifest(folder)
    if manifest["encoder"]["digest"] != encoder.digest:
        name = manifest["encoder"].get("name")
        raise LibraryError(
            f"The library in {folder} was made by another encoder ({name}): {REBUILD}."
        )
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or file_digest(path) != digest:
            raise LibraryError(f"{path} is missing or damaged: {REBUILD}.")


def is_whole(folder: Path, encoder: Encoder) -> bool:
    """Returns whether `check_files` finds nothing wrong."""
    try:
        check_files(folder, encoder)
    except LibraryError:
        return False
    return True


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        found = manifest["format"]
        _ = manifest["files"], manifest["encoder"]["digest"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"{path} is missing or damaged: {REBUILD}.") from error
    if found != FORMAT:
        raise LibraryError(f"{path} has format {found}, this program reads {FORMAT}: {REBUILD}.")
    return dict(manifest)
