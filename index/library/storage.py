"""A library on disk: one folder per version, checked by digests, swapped in one step.

LIBRARY/
    current.json       which version is in use, and what it was built from: `pointer`
    encoders/<name>/   the sentence encoder's graphs, shared by all versions: `encoders`
    versions/<id>/
        manifest.json  format, encoder, counts, and the digest of every other file: `manifest`
        …              the articles and the indexes: `segment`
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import LibraryError
from config.private import make_private_folder
from index.library.lock import only_writer
from index.library.manifest import MANIFEST, check_files, is_whole, write_manifest
from index.library.pointer import read_pointer, write_pointer
from index.library.repair import REBUILD
from index.library.segment import read_segment, write_segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.library.library import Library
    from index.models.encoder import Encoder

# The version before the current one stays for processes that still read it; older ones are deleted.
_VERSIONS_KEPT = 2


def save_library(library: Library, folder: Path, sources: Mapping[str, Any]) -> None:
    """Writes a library beside the other versions, and makes it the current one in one step.

    Another process that writes a library there at the same time is waited for. What cannot be
    written leaves the library that was there before.

    Args:
        library: The library to write.
        folder: The library's folder.
        sources: What the library was built from, kept in the pointer file.
    """
    with only_writer(folder):
        _write(library, folder, sources)


def _write(library: Library, folder: Path, sources: Mapping[str, Any]) -> None:
    versions = folder / "versions"
    make_private_folder(versions)
    target = versions / library.version
    if not is_whole(target, library.encoder):
        with tempfile.TemporaryDirectory(dir=versions) as scratch:
            written = Path(scratch) / "version"
            make_private_folder(written)
            write_segment(library, written)
            write_manifest(library, written)
            shutil.rmtree(target, ignore_errors=True)
            written.rename(target)
    write_pointer(folder, library.version, sources)
    _delete_old_versions(versions, current=target)


def open_library(folder: Path, encoder: Encoder) -> Library:
    """Opens the current version.

    Raises:
        LibraryError: There is no library, or a file is missing, damaged or of another format; the
            message names the file and the command that makes it again.
    """
    pointer = read_pointer(folder)
    if pointer is None:
        raise LibraryError(f"There is no library in {folder}: {REBUILD}.")
    try:
        return _open_version(folder / "versions" / str(pointer["version"]), encoder)
    except LibraryError:
        newer = read_pointer(folder)
        if newer is None or newer["version"] == pointer["version"]:
            raise
        # Another process built the library again and deleted the version meanwhile.
        return _open_version(folder / "versions" / str(newer["version"]), encoder)


def _open_version(version: Path, encoder: Encoder) -> Library:
    check_files(version, encoder)
    try:
        return read_segment(version, version=version.name, encoder=encoder)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise LibraryError(
            f"The library in {version} cannot be read ({error}): {REBUILD}."
        ) from error


def _delete_old_versions(versions: Path, *, current: Path) -> None:
    others = [path for path in versions.iterdir() if path != current and (path / MANIFEST).exists()]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_VERSIONS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
