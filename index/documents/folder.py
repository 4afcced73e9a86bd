"""Listing the folder of articles, and reading the files in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.errors import ArticlesError
from index.documents.formats.contents import UnreadableError
from index.documents.formats.registry import reader_for
from index.documents.metadata import build_article
from index.documents.sidecar import is_sidecar, read_sidecar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.documents.article import Article

# A long book is about 3 MB of text; a file far above that is a dump or a log, not an article.
MAX_ARTICLE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not an article, and why; the other files are used all the same."""

    slug: str
    reason: str

    def __str__(self) -> str:
        return f"Skipped {self.slug}: {self.reason}."


def is_below(slug: str, folders: Sequence[str]) -> bool:
    """Returns whether an article lies in one of some subfolders, or in a subfolder of them."""
    return slug.startswith(tuple(folder.strip("/") + "/" for folder in folders))


def article_files(folder: Path) -> list[Path]:
    """Lists the files of a folder and its subfolders that may be articles, sorted by path.

    Hidden files and folders and the sidecars of articles are left out.

    Raises:
        ArticlesError: The folder is missing, is not a folder, or cannot be listed.
    """
    try:
        if not folder.exists():
            raise ArticlesError(
                f"The articles' folder {folder} does not exist:"
                " create it, or name another with --articles."
            )
        if not folder.is_dir():
            raise ArticlesError(
                f"{folder} is not a folder: --articles takes the one that holds the articles."
            )
        next(iter(folder.iterdir()), None)  # rglob would pass over a folder that may not be read
        files = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise ArticlesError(
            f"The articles' folder {folder} cannot be read ({error.strerror}):"
            " check its permissions."
        ) from error
    return [path for path in files if not _is_hidden(path, folder) and not is_sidecar(path)]


def read_articles(folder: Path) -> Iterator[Article | Skipped]:
    """Reads every file of a folder, in the order of their paths."""
    for path in article_files(folder):
        yield read_article(folder, path)


def read_article(folder: Path, path: Path) -> Article | Skipped:
    """Reads one file.

    Returns:
        The article, or what is wrong with the file: one bad file does not stop the others.
    """
    slug = path.relative_to(folder).as_posix()
    readable = slug.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if readable != slug:
        return Skipped(readable, "its name is not UTF-8; rename it")
    try:
        reader = reader_for(path.suffix)
        data = _file_bytes(path)
        contents = reader(data)
    except OSError as error:
        return Skipped(slug, f"it cannot be read ({error.strerror}); check its permissions")
    except UnreadableError as error:
        return Skipped(slug, str(error))
    return build_article(slug, hashlib.sha256(data).hexdigest(), contents, read_sidecar(path))


def _file_bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_ARTICLE_BYTES:
        megabytes, limit = size / 1e6, MAX_ARTICLE_BYTES // 1_000_000
        raise UnreadableError(
            f"it has {megabytes:.0f} MB and the limit is {limit}; split it into smaller files"
        )
    return path.read_bytes()


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
