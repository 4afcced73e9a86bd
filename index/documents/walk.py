"""Walking through a folder of articles, whatever links and permissions there are."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from index.documents.files import leads_out
from index.documents.formats.contents import UnreadableError
from index.documents.ignored import IGNORE_FILE, is_ignored, read_ignore_file

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Walk:
    """A walk through a folder and its subfolders, hidden and ignored files and folders left out.

    No folder is entered twice, so a circle of links ends.

    Attributes:
        files: All files, in no order.
        skipped: (path, why) of each folder and link that is not looked into.
    """

    def __init__(self, folder: Path, *, follow_links: bool) -> None:
        """Walks.

        Args:
            folder: The folder of articles.
            follow_links: Whether to follow links that lead out of the folder.
        """
        self.files: list[Path] = []
        self.skipped: list[tuple[Path, str]] = []
        self._folder = folder
        self._follow_links = follow_links
        self._entered: set[str] = set()
        self._ignored: dict[Path, GitIgnoreSpec] = {}
        waiting = [folder]
        while waiting:
            waiting += self._enter(waiting.pop())

    def _enter(self, folder: Path) -> list[Path]:
        """Lists one folder; returns the folders in it that are to be entered."""
        try:
            target = os.path.realpath(folder)
            if target in self._entered:
                return self._skip(folder, "it is a link to a folder that is read already")
            self._entered.add(target)
            names = sorted(entry.name for entry in folder.iterdir())
        except OSError as error:
            return self._skip(folder, f"it cannot be listed ({error.strerror})")
        self._read_ignore_file(folder)
        inner = []
        for name in names:
            if not name.startswith("."):
                inner += self._look_at(folder / name)
        return inner

    def _read_ignore_file(self, folder: Path) -> None:
        try:
            spec = read_ignore_file(folder)
        except UnreadableError as error:
            self._skip(folder / IGNORE_FILE, str(error))
        else:
            if spec is not None:
                self._ignored[folder] = spec

    def _look_at(self, path: Path) -> list[Path]:
        """Notes a file; returns a folder that is to be entered."""
        if self._ignored and is_ignored(path, self._ignored, is_folder=path.is_dir()):
            return []
        try:
            is_out = path.is_symlink() and leads_out(self._folder, path)
            status = path.stat()
        except OSError as error:
            return self._skip(path, f"it leads nowhere ({error.strerror})")
        if is_out and not self._follow_links:
            return self._skip(path, "it is a link out of the folder; FOLLOW_LINKS=true follows it")
        if not stat.S_ISDIR(status.st_mode):
            self.files.append(path)
            return []
        if path.is_symlink() and self._is_walked_itself(path):
            return self._skip(path, "it is a link to a folder that is read under its own name")
        return [path]

    def _is_walked_itself(self, link: Path) -> bool:
        """Returns whether the walk comes to where a link leads without following any link."""
        if leads_out(self._folder, link):
            return False
        target, home = os.path.realpath(link), os.path.realpath(self._folder)
        inside = Path(os.path.relpath(target, home)).parts
        return not any(part.startswith(".") for part in inside)

    def _skip(self, path: Path, why: str) -> list[Path]:
        self.skipped.append((path, why))
        return []
