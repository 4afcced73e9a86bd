"""From files to articles: decode strictly, find the title and the date, keep the text untouched."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from config.errors import ArticlesError
from index.documents.lines import date_of, ends_a_sentence, is_furniture, is_headline
from index.documents.spans import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
SIDECAR_SUFFIX = ".json"
# A long book is about 3 MB of text; a file far above that is a dump or a log, not an article.
MAX_ARTICLE_BYTES = 20_000_000
# A title and a byline stand in the first lines, or nowhere.
_HEAD_LINES = 12
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is no article, and why; the others are answered from all the same."""

    slug: str
    reason: str

    def __str__(self) -> str:
        return f"Skipped {self.slug}: {self.reason}."


def is_below(slug: str, folders: Sequence[str]) -> bool:
    """Whether an article's path leads through one of some folders of the articles' folder."""
    return slug.startswith(tuple(folder.strip("/") + "/" for folder in folders))


def article_files(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders that may be articles, sorted by path.

    Hidden files and folders and the sidecars of articles are left out.

    Raises:
        ArticlesError: The folder is missing, no folder, or cannot be listed.
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
        next(iter(folder.iterdir()), None)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError as error:
        raise ArticlesError(
            f"The articles' folder {folder} cannot be read ({error.strerror}):"
            " check its permissions."
        ) from error
    return [path for path in files if not _is_hidden(path, folder) and not _is_sidecar(path)]


def read_article(folder: Path, path: Path) -> Article | Skipped:
    """Read one file.

    Returns:
        The article, or what is wrong with the file: nothing about one file stops the others.
    """
    slug = path.relative_to(folder).as_posix()
    readable = slug.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if readable != slug:
        return Skipped(readable, "its name is not UTF-8; rename it")
    try:
        data = _article_bytes(path)
        text = _article_text(data)
    except UnicodeDecodeError as error:
        return Skipped(slug, f"it is not UTF-8 (byte {error.start}); save it as UTF-8")
    except OSError as error:
        return Skipped(slug, f"it cannot be read ({error.strerror}); check its permissions")
    except ValueError as error:
        return Skipped(slug, str(error))
    return _article(slug, text, hashlib.sha256(data).hexdigest(), _sidecar(path))


def _article_text(data: bytes) -> str:
    text = data.decode("utf-8")
    if "\0" in text:
        raise ValueError(f"it holds NUL bytes (character {text.index(chr(0))}): it is not text")
    if not re.search(r"\w", text):
        raise ValueError("it is empty")
    return text


def _article_bytes(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"only {', '.join(sorted(SUFFIXES))} files are read")
    size = path.stat().st_size
    if size > MAX_ARTICLE_BYTES:
        megabytes, limit = size / 1e6, MAX_ARTICLE_BYTES // 1_000_000
        raise ValueError(
            f"it has {megabytes:.0f} MB and the limit is {limit}; split it into smaller files"
        )
    return path.read_bytes()


def read_articles(folder: Path) -> Iterator[Article | Skipped]:
    """Read every file of a folder, in the order of their paths."""
    for path in article_files(folder):
        yield read_article(folder, path)


def _article(slug: str, text: str, digest: str, sidecar: dict[str, Any]) -> Article:
    body, front = _front_matter(text)
    known = {**front, **sidecar}
    title, published = _head(text[body:])
    return Article(
        slug=slug,
        title=_one_line(known.get("title")) or title,
        text=text,
        published=_as_date(known.get("published") or known.get("date")) or published,
        url=_one_line(known.get("url")),
        digest=digest,
        body=body,
    )


def _head(text: str) -> tuple[str | None, datetime.date | None]:
    """Find the title, and the date of a byline under it, in an article's first lines.

    A date above the title is the page's own (the day it was looked at), not the article's. Where
    prose begins the search ends, so a date inside a sentence is never taken.
    """
    title: str | None = None
    lines = [line.strip("\ufeff \t\r") for line in text[:4000].split("\n")]
    for line in [line for line in lines if line][:_HEAD_LINES]:
        if title is not None and (published := date_of(line)) is not None:
            return title, published
        if is_furniture(line) or date_of(line) is not None:
            continue
        if title is None and is_headline(line.lstrip("# ")):
            title = line.lstrip("# ")
        elif ends_a_sentence(line) or len(line) > 200:
            break
    return title, None


def _front_matter(text: str) -> tuple[int, dict[str, Any]]:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return 0, {}
    try:
        fields = yaml.safe_load(found.group(1))
    except yaml.YAMLError:
        fields = None
    return (found.end(), fields) if isinstance(fields, dict) else (0, {})


def _sidecar(path: Path) -> dict[str, Any]:
    """The fields of `story.txt.json` beside `story.txt`; one that cannot be read counts as none."""
    try:
        fields = json.loads(path.with_name(path.name + SIDECAR_SUFFIX).read_bytes())
    except (OSError, ValueError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _is_sidecar(path: Path) -> bool:
    return path.suffix == SIDECAR_SUFFIX and path.with_suffix("").exists()


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _one_line(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _as_date(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return date_of(value) if isinstance(value, str) else None
