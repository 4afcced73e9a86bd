"""Whether files that may hold text were left out when a library was built."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.library.pointer import read_pointer

if TYPE_CHECKING:
    from pathlib import Path

    from index.library.library import Library

# Files of these kinds hold no text that an article could have: pictures, sound, film, fonts.
_WITHOUT_TEXT = frozenset(
    """.aac .avi .avif .bmp .eot .flac .gif .heic .ico .jpeg .jpg .m4a .m4v .mkv .mov .mp3 .mp4
    .mpeg .mpg .ogg .otf .png .svg .tif .tiff .ttf .wav .webm .webp .wmv .woff .woff2""".split()
)


def has_unread_text(folder: Path, library: Library) -> bool:
    """Tells whether something was left out of the current library that may hold text.

    A piece of an article's metadata that could not be used does not count, nor do pictures.

    Args:
        folder: The library's folder.
        library: The library that was opened there.

    Raises:
        LibraryError: The pointer file is damaged.
    """
    read = {article.slug for article in library.articles}
    pointer = read_pointer(folder) or {}
    skipped = (slug for slug, _ in pointer.get("skipped", ()))
    unread = (suffix for suffix, _ in pointer.get("unread", ()))
    return any(suffix not in _WITHOUT_TEXT for suffix in unread) or any(
        PurePosixPath(slug).suffix.lower() not in _WITHOUT_TEXT and _described(slug) not in read
        for slug in skipped
    )


def _described(slug: str) -> str:
    """Returns the file that a piece of metadata belongs to: "the date of a.md", "a.md.json"."""
    return slug.rsplit(" of ", 1)[-1].removesuffix(".json")
