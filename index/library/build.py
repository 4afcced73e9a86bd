"""Keeping a library in step with its folder of articles."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from config.errors import ArticlesError
from index.documents.article import Article
from index.documents.folder import list_folder, read_file
from index.documents.left_out import Noted, Skipped, pointer_fields
from index.library.compile import compile_library
from index.library.manifest import FORMAT
from index.library.pointer import read_pointer
from index.library.progress import Progress
from index.library.repair import explain_write_errors
from index.library.reuse import known_vectors
from index.library.sources import Sources
from index.library.storage import open_library, save_library
from index.passages.passages import MAX_PASSAGE_CHARS
from index.passages.sentences import MAX_SENTENCE_CHARS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.documents.left_out import Unread
    from index.library.library import Library
    from index.models.encoder import Encoder


def current_library(
    articles: Path,
    folder: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    *,
    follow_links: bool = False,
) -> Library:
    """Opens the library of a folder of articles; builds it first if it is missing or out of date.

    Args:
        articles: The folder of articles.
        folder: The library's folder.
        encoder: The encoder of the library.
        progress: Receives the steps of a build.
        follow_links: Whether to follow links that lead out of the folder of articles.

    Raises:
        ArticlesError: The folder holds nothing to answer from.
        LibraryError: The library is damaged, or cannot be written.
    """
    sources = Sources.from_listing(articles, list_folder(articles, follow_links=follow_links))
    pointer = read_pointer(folder)
    if pointer and sources.match(pointer):
        library = open_library(folder, encoder)
        if library.version == _version(library.articles, encoder):
            return library
    return build_library(articles, folder, encoder, progress, follow_links=follow_links)


def build_library(
    articles: Path,
    folder: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    *,
    follow_links: bool = False,
) -> Library:
    """Reads every article, encodes what is new or changed, and makes the result current.

    Args:
        articles: The folder of articles.
        folder: The library's folder.
        encoder: The encoder of the library.
        progress: Receives the steps of the build.
        follow_links: Whether to follow links that lead out of the folder of articles.

    Raises:
        ArticlesError: The folder holds nothing to answer from.
        LibraryError: Nothing can be written to the library's folder.
    """
    progress = progress or Progress()
    listing = list_folder(articles, follow_links=follow_links)
    # Listed before the files are read: a file that changes meanwhile is then read again next time.
    sources = Sources.from_listing(articles, listing)
    read = [
        each
        for file in listing.files
        for each in read_file(articles, file, follow_links=follow_links)
    ]
    skipped = (*listing.skipped, *(each for each in read if isinstance(each, Skipped)))
    noted = [each for each in read if isinstance(each, Noted)]
    _report(progress, listing.unread, skipped, noted)
    kept = [file for file in read if isinstance(file, Article)]
    if not kept:
        raise ArticlesError(_nothing_to_read(articles, skipped, listing.unread))
    progress.step(f"Reading {len(kept)} articles into {folder}")
    library = compile_library(
        kept,
        encoder,
        version=_version(kept, encoder),
        known=known_vectors(folder, encoder),
        progress=progress.encoded,
    )
    with explain_write_errors(folder):
        left_out = pointer_fields(skipped, noted, listing.unread)
        save_library(library, folder, sources.fields() | left_out)
    return library


def _version(articles: Sequence[Article], encoder: Encoder) -> str:
    """Returns a digest of all that a library depends on, so that equal libraries share a name."""
    parts: list[Any] = [FORMAT, encoder.digest, MAX_PASSAGE_CHARS, MAX_SENTENCE_CHARS]
    parts += [article.version_key() for article in articles]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _report(
    progress: Progress, unread: Unread | None, skipped: Sequence[Skipped], noted: Sequence[Noted]
) -> None:
    """Reports what is left out, what is no text first, and how articles were read."""
    if unread:
        progress.skipped(unread)
    for file in skipped:
        progress.skipped(file)
    for remark in noted:
        progress.noted(remark)


def _nothing_to_read(articles: Path, skipped: Sequence[Skipped], unread: Unread | None) -> str:
    if not skipped and unread:
        return f"No file in {articles} can be read as an article: {unread}"
    if not skipped:
        return f"The articles' folder {articles} is empty: put .txt or .md files into it."
    return (
        f"No file in {articles} can be read as an article: {skipped[0].slug}: {skipped[0].reason}."
    )
