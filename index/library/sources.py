"""What a library was built from: the folder and its files, as they were listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.documents.sidecar import sidecar_of
from index.library.manifest import FORMAT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from index.documents.folder import Listing


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder of articles and its files, as they were when a library was built.

    Attributes:
        folder: The articles' folder, absolute.
        files: (path in the folder, bytes, time of change in nanoseconds) of each file; the time is
            its sidecar's where that changed later.
    """

    folder: str
    files: tuple[tuple[str, int, int], ...]

    @classmethod
    def from_listing(cls, folder: Path, listing: Listing) -> Sources:
        """Looks up the size and the time of change of each file."""
        sidecars = set(listing.sidecars)
        return cls(
            str(folder.resolve()), tuple(_listed(folder, file, sidecars) for file in listing.files)
        )

    def match(self, pointer: Mapping[str, Any]) -> bool:
        """Returns whether a library's pointer was written for the same folder and files."""
        fields = self.fields()
        return all(pointer.get(name) == value for name, value in fields.items())

    def fields(self) -> dict[str, Any]:
        """Returns the fields of the pointer file; a library of another format never matches."""
        files = [list(file) for file in self.files]
        return {"format": FORMAT, "folder": self.folder, "files": files}


def _listed(folder: Path, file: Path, sidecars: Collection[Path]) -> tuple[str, int, int]:
    name = file.relative_to(folder).as_posix()
    try:
        status = file.stat()
        times = [each.stat().st_mtime_ns for each in [sidecar_of(file)] if each in sidecars]
    except OSError:  # it went away since it was listed, and is listed again next time
        return name, -1, -1
    return name, status.st_size, max(status.st_mtime_ns, *times, 0)
