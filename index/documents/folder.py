"""Listing the folder of articles, and reading the files in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from config.errors import ArticlesError
from index.documents.digests import article_digest
from index.documents.fields import fault_lines
from index.documents.files import read_regular_file
from index.documents.formats.contents import UnreadableError
from index.documents.formats.registry import is_document, reader_for
from index.documents.front_matter import has_body
from index.documents.left_out import Noted, Skipped, Unread
from index.documents.metadata import build_article
from index.documents.sidecar import is_sidecar, read_sidecar, sidecar_of
from index.documents.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.documents.article import Article
    from index.documents.formats.contents import Contents

# A long book is about 3 MB of text; a file far above that is a dump or a log, not an article.
MAX_ARTICLE_BYTES = 20_000_000
# A packed file may hold far more text than it has bytes; a book of 1,000 pages has 3,000,000.
MAX_EXTRACTED_CHARS = 10_000_000


def is_below(slug: str, folders: Sequence[str]) -> bool:
    """Returns whether an article lies in one of some subfolders, or in a subfolder of them."""
    return slug.startswith(tuple(folder.strip("/") + "/" for folder in folders))


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in a folder and its subfolders, hidden files and folders left out.

    Attributes:
        files: The files that may be articles, by their suffixes, sorted by path.
        sidecars: The files beside them that hold metadata, sorted by path.
        skipped: The folders and links that are not looked into, and why, sorted by path.
        unread: The files that are no text, by their suffixes; None where there are none.
    """

    files: tuple[Path, ...]
    sidecars: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    unread: Unread | None = None


def list_folder(folder: Path, *, follow_links: bool = False) -> Listing:
    """Lists a folder and its subfolders.

    A subfolder that cannot be listed, and a link that is not followed, are named once, and what
    lies in them is not.

    Args:
        folder: The folder of articles.
        follow_links: Whether to follow links that lead out of the folder.

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
        with os.scandir(folder):
            pass
    except OSError as error:
        raise ArticlesError(
            f"The articles' folder {folder} cannot be read ({error.strerror}):"
            " check its permissions."
        ) from error
    found = Walk(folder, follow_links=follow_links)
    sidecars = {path for path in found.files if is_sidecar(path)}
    skipped = sorted(found.skipped)
    files = sorted(path for path in found.files if path not in sidecars)
    return Listing(
        tuple(path for path in files if is_document(path.suffix)),
        tuple(sorted(sidecars)),
        tuple(Skipped(_shown_slug(_slug(folder, path)), why) for path, why in skipped),
        Unread.from_paths(path for path in files if not is_document(path.suffix)),
    )


Read: TypeAlias = "Article | Skipped | Noted"


def read_articles(folder: Path, *, follow_links: bool = False) -> Iterator[Read | Unread]:
    """Reads every file of a folder, in the order of their paths, and names what is left out."""
    listing = list_folder(folder, follow_links=follow_links)
    yield from listing.skipped
    if listing.unread:
        yield listing.unread
    for path in listing.files:
        yield from read_file(folder, path, follow_links=follow_links)


def read_article(folder: Path, path: Path) -> Article | Skipped:
    """Reads one file; returns the article, or what is wrong with the file."""
    *_, article = read_file(folder, path)
    if isinstance(article, Noted):  # remarks come before the article
        raise TypeError(f"nothing was read of {article.slug}")
    return article


def read_file(folder: Path, path: Path, *, follow_links: bool = False) -> Iterator[Read]:
    """Reads one file and its sidecar.

    Yields:
        What cannot be used of the metadata, how the file was read, then the article, or what is
        wrong with the file: one bad file does not stop the others.
    """
    slug = _slug(folder, path)
    if _shown_slug(slug) != slug:
        yield Skipped(_shown_slug(slug), "its name is not UTF-8; rename it")
        return
    try:
        reader = reader_for(path.suffix)
        data = read_regular_file(path, MAX_ARTICLE_BYTES)
        contents = _not_too_long(reader(data))
    except OSError as error:
        yield Skipped(slug, _unreadable(error))
    except UnreadableError as error:
        yield Skipped(slug, str(error))
    else:
        if not has_body(contents.text, contents.body):
            yield Skipped(slug, "it holds front matter and no text")
            return
        sidecar = read_sidecar(path, folder, follow_links=follow_links)
        for metadata, whole in (
            (contents.metadata, f"the front matter of {slug}"),
            (sidecar, _slug(folder, sidecar_of(path))),
        ):
            yield from (Skipped(what, why) for what, why in fault_lines(metadata, whole))
        yield from (Noted(slug, note) for note in contents.notes)
        yield build_article(slug, article_digest(data, contents.extractor), contents, sidecar)


def _not_too_long(contents: Contents) -> Contents:
    if contents.extractor and len(contents.text) > MAX_EXTRACTED_CHARS:
        raise UnreadableError(
            f"it holds more than {MAX_EXTRACTED_CHARS:,} characters of text; split it"
        )
    return contents


def _slug(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _shown_slug(slug: str) -> str:
    """Returns a path with a sign for each byte that is not UTF-8."""
    return slug.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unreadable(error: OSError) -> str:
    return f"it cannot be read ({error.strerror}); check its permissions"
