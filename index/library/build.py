"""Keeping a library in step with its folder of articles."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config.errors import ArticlesError, LibraryError
from index.documents.folder import Skipped, article_files, read_article
from index.documents.spans import Article
from index.library.library import Library, Vectors, compile_library
from index.library.storage import FORMAT, open_library, read_pointer, save_library
from index.models.encoder import OnnxEncoder, is_exported
from index.passages.splitting import MAX_PASSAGE_CHARS, MAX_SENTENCE_CHARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.models.encoder import Encoder


class Progress:
    """What a build tells while it runs; this one keeps silent."""

    def step(self, text: str) -> None:
        """Say what is being done now."""

    def encoded(self, done: int, total: int) -> None:
        """Say how many of how many texts are encoded."""

    def skipped(self, file: Skipped) -> None:
        """Say that a file is left out, and why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a library was made from, as the folder listed it.

    Attributes:
        folder: The articles' folder, absolute.
        files: (path, bytes, time of change in nanoseconds) of each file that was looked at.
        skipped: The files that are no articles, and why.
    """

    folder: str
    files: tuple[tuple[str, int, int], ...]
    skipped: tuple[Skipped, ...] = ()

    def fields(self) -> dict[str, Any]:
        """As JSON holds it."""
        skipped = [[file.slug, file.reason] for file in self.skipped]
        return {
            "folder": self.folder,
            "files": [list(file) for file in self.files],
            "skipped": skipped,
        }


def current_library(
    articles: Path, folder: Path, encoder: Encoder, progress: Progress | None = None
) -> Library:
    """Open the library of a folder of articles, and build it first if it is missing or older.

    Raises:
        ArticlesError: The folder holds nothing to answer from.
        LibraryError: The library is damaged.
    """
    progress = progress or Progress()
    files = article_files(articles)
    sources = Sources(str(articles.resolve()), tuple(_stamp(articles, file) for file in files))
    pointer = read_pointer(folder)
    if pointer and [pointer.get("folder"), pointer.get("files")] == [
        sources.folder,
        sources.fields()["files"],
    ]:
        library = open_library(folder, encoder)
        if library.version == _version(library.articles, encoder):
            return library
    return build_library(articles, folder, encoder, progress)


def build_library(
    articles: Path, folder: Path, encoder: Encoder, progress: Progress | None = None
) -> Library:
    """Read every article, encode what is new or changed, and make the result current.

    Raises:
        ArticlesError: The folder holds nothing to answer from.
        LibraryError: Nothing can be written to the library's folder.
    """
    progress = progress or Progress()
    files = article_files(articles)
    stamps = tuple(_stamp(articles, file) for file in files)
    read = [read_article(articles, file) for file in files]
    skipped = tuple(file for file in read if isinstance(file, Skipped))
    for file in skipped:
        progress.skipped(file)
    kept = [file for file in read if isinstance(file, Article)]
    if not kept:
        raise ArticlesError(_nothing_to_read(articles, skipped))
    progress.step(f"Reading {len(kept)} articles into {folder}")
    library = compile_library(
        kept,
        encoder,
        version=_version(kept, encoder),
        known=_known_vectors(folder, encoder),
        progress=progress.encoded,
    )
    with _writing(folder):
        save_library(library, folder, Sources(str(articles.resolve()), stamps, skipped).fields())
    return library


def open_encoder(folder: Path, model: str, progress: Progress | None = None) -> OnnxEncoder:
    """Open the library's own copy of the encoder; write it first where there is none.

    Raises:
        ModelError: The model cannot be loaded, or its copy is damaged.
        LibraryError: Nothing can be written to the library's folder.
    """
    name = re.sub(r"[^\w.-]+", "_", model).strip("._")
    home = folder / "encoders" / f"{name}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"
    if is_exported(home):
        return OnnxEncoder(home)
    with _writing(folder):
        home.parent.mkdir(parents=True, exist_ok=True)
    from index.models.export import export_encoder  # noqa: PLC0415  -- torch takes seconds, once

    (progress or Progress()).step(f"Writing the sentence encoder {model} for onnxruntime (once)")
    with _writing(folder):
        return export_encoder(model, home)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"The library's folder {folder} cannot be written ({error.strerror}):"
            " make room there, or name another with --library."
        ) from error


def _version(articles: Sequence[Article], encoder: Encoder) -> str:
    """Name a library by all that it depends on, so that equal contents have equal names."""
    parts = [FORMAT, encoder.digest, MAX_PASSAGE_CHARS, MAX_SENTENCE_CHARS]
    parts += [
        [article.slug, article.digest, article.title, str(article.published), article.url]
        for article in articles
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _stamp(articles: Path, file: Path) -> tuple[str, int, int]:
    status = file.stat()
    return file.relative_to(articles).as_posix(), status.st_size, status.st_mtime_ns


def _nothing_to_read(articles: Path, skipped: Sequence[Skipped]) -> str:
    if not skipped:
        return f"The articles' folder {articles} is empty: put .txt or .md files into it."
    return (
        f"No file in {articles} can be read as an article: {skipped[0].slug}: {skipped[0].reason}."
    )


def _known_vectors(folder: Path, encoder: Encoder) -> Callable[[Article], Vectors | None]:
    """Look articles up in the library that is current now; a damaged one knows nothing."""
    try:
        old = open_library(folder, encoder)
    except LibraryError:
        return lambda _article: None
    by_article: dict[Article, tuple[list[int], list[int]]] = {a: ([], []) for a in old.articles}
    for row, passage in enumerate(old.passages):
        by_article[passage.article][0].append(row)
    for row, sentence in enumerate(old.sentences):
        by_article[sentence.article][1].append(row)
    known = {(a.slug, a.digest, a.title): rows for a, rows in by_article.items()}

    def look_up(article: Article) -> Vectors | None:
        rows = known.get((article.slug, article.digest, article.title))
        return rows and Vectors(old.dense.vectors(rows[0]), old.sentence_vectors[rows[1]])

    return look_up
