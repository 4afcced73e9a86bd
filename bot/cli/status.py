"""`clipping status`: what the library holds, and what was left out of it, without opening it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from bot.cli.exits import ANSWERED
from config.errors import LibraryError
from config.harmless import one_line
from index.documents.folder import list_folder
from index.documents.left_out import Noted, Skipped, Unread
from index.library.pointer import POINTER, read_pointer
from index.library.repair import REBUILD
from index.library.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import Settings


def show(settings: Settings) -> int:
    """Prints the state of the library of the articles; returns the exit status.

    Raises:
        ArticlesError: The folder of articles cannot be listed.
        LibraryError: There is no library yet, or its pointer is damaged.
    """
    pointer = read_pointer(settings.library)
    if pointer is None:
        raise LibraryError(f"There is no library in {settings.library} yet: {REBUILD}.")
    for line in _lines(settings, pointer):
        click.echo(one_line(line))
    return ANSWERED


def _lines(settings: Settings, pointer: dict[str, Any]) -> Iterator[str]:
    listing = list_folder(settings.articles, follow_links=settings.follow_links)
    built = dt.datetime.fromtimestamp((settings.library / POINTER).stat().st_mtime, tz=dt.UTC)
    skipped = [Skipped(*each) for each in pointer.get("skipped", ())]
    files = len(pointer.get("files", ()))
    yield f"Library {pointer['version']}, built {built:%Y-%m-%d %H:%M} UTC, from {files} files."
    if not Sources.from_listing(settings.articles, listing).match(pointer):
        yield f"{settings.articles} has changed since; what starts next reads it."
    unread = tuple((suffix, count) for suffix, count in pointer.get("unread", ()))
    if unread:
        yield str(Unread(unread))
    yield from (str(Noted(*each)) for each in pointer.get("noted", ()))
    yield from map(str, skipped)
