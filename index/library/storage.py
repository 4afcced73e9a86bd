"""A library on disk: one folder per version, checked by digests, swapped in one step.

LIBRARY/
    current.json           which version is in use, and the files it was made from
    encoders/<name>/       the sentence encoder's graph, shared by all versions
    versions/<id>/
        manifest.json      format, encoder, counts, and the digest of every other file
        articles.json      each article's fields, and where its text begins in texts.bin
        texts.bin          the articles, decoded and encoded again: UTF-8, end to end
        passages.npy       (rows, 3): article, start, end
        sentences.npy      (rows, 3), likewise
        first_sentences.npy
        passages.faiss     passages' vectors
        sentence_vectors.npy
        words.json         the stems, and each word as written with its number of passages
        passage_words.npy  every passage's stems, end to end, as numbers into words.json
        first_words.npy
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from config.errors import LibraryError
from index.documents.spans import Article, Passage, Sentence, Span
from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.library.library import Library
from index.models.runtime import file_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.models.encoder import Encoder

FORMAT = 1
POINTER = "current.json"
_REBUILD = "run `python -m index build` to make it again"
# The version before stays for whoever is reading it; older ones are removed.
_VERSIONS_KEPT = 2


def save_library(library: Library, folder: Path, sources: dict[str, Any]) -> None:
    """Write a library beside the others and make it the current one, in one step.

    Args:
        library: What to write.
        folder: The library's folder.
        sources: What the library was made from, kept in the pointer file.
    """
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    target = versions / library.version
    if not _is_whole(target, library.encoder):
        with tempfile.TemporaryDirectory(dir=versions) as scratch:
            written = Path(scratch) / "version"
            written.mkdir()
            _write_files(library, written)
            _write_manifest(library, written)
            shutil.rmtree(target, ignore_errors=True)
            written.rename(target)
    point_to(folder, library.version, sources)
    _prune(versions, keep=target)


def point_to(folder: Path, version: str, sources: dict[str, Any]) -> None:
    """Make a version the current one; a reader sees the old pointer or the new one, whole."""
    scratch = folder / f".{POINTER}.{os.getpid()}"
    scratch.write_text(json.dumps({"version": version, **sources}), encoding="utf-8")
    scratch.replace(folder / POINTER)


def read_pointer(folder: Path) -> dict[str, Any] | None:
    """The pointer file's fields, or None where there is no library yet.

    Raises:
        LibraryError: The file is damaged.
    """
    try:
        fields = json.loads((folder / POINTER).read_bytes())
        _ = fields["version"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"{folder / POINTER} is damaged: {_REBUILD}.") from error
    return dict(fields)


def open_library(folder: Path, encoder: Encoder) -> Library:
    """Open the current version.

    Raises:
        LibraryError: There is none, or a file is missing, damaged or of another format; the message
            names the file and the command that makes it again.
    """
    pointer = read_pointer(folder)
    if pointer is None:
        raise LibraryError(f"There is no library in {folder}: {_REBUILD}.")
    version = folder / "versions" / str(pointer["version"])
    _check(version, encoder)
    try:
        return _read(version, encoder)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise LibraryError(f"The library in {version} cannot be read: {_REBUILD}.") from error


def read_manifest(version: Path) -> dict[str, Any]:
    """A version's manifest.

    Raises:
        LibraryError: It is missing, damaged or of another format.
    """
    path = version / "manifest.json"
    try:
        manifest = json.loads(path.read_bytes())
        found = manifest["format"]
        _ = manifest["files"], manifest["encoder"]["digest"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LibraryError(f"{path} is missing or damaged: {_REBUILD}.") from error
    if found != FORMAT:
        raise LibraryError(f"{path} has format {found}, this program reads {FORMAT}: {_REBUILD}.")
    return dict(manifest)


def _check(version: Path, encoder: Encoder) -> None:
    manifest = read_manifest(version)
    if manifest["encoder"]["digest"] != encoder.digest:
        made_by = manifest["encoder"].get("name")
        raise LibraryError(
            f"The library in {version} was made by another encoder ({made_by}): {_REBUILD}."
        )
    for name, digest in manifest["files"].items():
        path = version / name
        if not path.is_file() or file_digest(path) != digest:
            raise LibraryError(f"{path} is missing or damaged: {_REBUILD}.")


def _is_whole(version: Path, encoder: Encoder) -> bool:
    try:
        _check(version, encoder)
    except LibraryError:
        return False
    return True


def _write_files(library: Library, folder: Path) -> None:
    texts = [article.text.encode("utf-8") for article in library.articles]
    (folder / "texts.bin").write_bytes(b"".join(texts))
    lengths = [len(text) for text in texts]
    articles = [
        _article_fields(article) | {"bytes": length}
        for article, length in zip(library.articles, lengths, strict=True)
    ]
    _write_json(folder / "articles.json", articles)
    numbers = {article: number for number, article in enumerate(library.articles)}
    np.save(folder / "passages.npy", _ranges(library.passages, numbers))
    np.save(folder / "sentences.npy", _ranges(library.sentences, numbers))
    np.save(folder / "first_sentences.npy", library.first_sentences)
    np.save(folder / "sentence_vectors.npy", library.sentence_vectors)
    library.dense.save(folder / "passages.faiss")
    stems = sorted({stem for passage in library.passage_words for stem in passage})
    ids = {stem: number for number, stem in enumerate(stems)}
    flat = [ids[stem] for passage in library.passage_words for stem in passage]
    firsts = np.cumsum([0, *(len(passage) for passage in library.passage_words)])
    np.save(folder / "passage_words.npy", np.asarray(flat, dtype=np.int32))
    np.save(folder / "first_words.npy", firsts.astype(np.int64))
    _write_json(folder / "words.json", {"stems": stems, "vocabulary": dict(library.vocabulary)})


def _write_manifest(library: Library, folder: Path) -> None:
    manifest = {
        "format": FORMAT,
        "version": library.version,
        "encoder": {
            "name": library.encoder.name,
            "digest": library.encoder.digest,
            "dim": library.encoder.dim,
        },
        "articles": len(library.articles),
        "passages": len(library.passages),
        "sentences": len(library.sentences),
        "files": {path.name: file_digest(path) for path in sorted(folder.iterdir())},
    }
    _write_json(folder / "manifest.json", manifest)


def _read(version: Path, encoder: Encoder) -> Library:
    articles = _read_articles(version)
    contents = json.loads((version / "words.json").read_bytes())
    stems = contents["stems"]
    flat = np.load(version / "passage_words.npy").tolist()
    firsts = np.load(version / "first_words.npy").tolist()
    passage_words = [
        [stems[number] for number in flat[start:end]] for start, end in pairwise(firsts)
    ]
    return Library(
        version=version.name,
        articles=articles,
        passages=tuple(
            Passage(articles[number], start, end)
            for number, start, end in np.load(version / "passages.npy").tolist()
        ),
        sentences=tuple(
            Sentence(articles[number], start, end)
            for number, start, end in np.load(version / "sentences.npy").tolist()
        ),
        first_sentences=np.load(version / "first_sentences.npy"),
        dense=DenseIndex.open(version / "passages.faiss"),
        sentence_vectors=np.load(version / "sentence_vectors.npy", mmap_mode="r"),
        passage_words=passage_words,
        lexical=LexicalIndex(passage_words),
        vocabulary=contents["vocabulary"],
        encoder=encoder,
    )


def _read_articles(version: Path) -> tuple[Article, ...]:
    texts = (version / "texts.bin").read_bytes()
    articles = []
    at = 0
    for fields in json.loads((version / "articles.json").read_bytes()):
        length = fields.pop("bytes")
        day = fields.pop("published")
        published = datetime.date.fromisoformat(day) if day else None
        text = texts[at : at + length].decode("utf-8")
        articles.append(Article(text=text, published=published, **fields))
        at += length
    return tuple(articles)


def _article_fields(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "digest": article.digest,
        "body": article.body,
    }


def _ranges(spans: Sequence[Span], numbers: dict[Article, int]) -> np.ndarray[Any, Any]:
    rows = [(numbers[span.article], span.start, span.end) for span in spans]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 3)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0), encoding="utf-8")


def _prune(versions: Path, *, keep: Path) -> None:
    others = [
        path for path in versions.iterdir() if path != keep and (path / "manifest.json").exists()
    ]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_VERSIONS_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
