"""The files of one segment: articles with their passages, sentences, vectors and words.

A version of a library has one segment, which holds all of its articles. The files stand in the
version's folder:

    articles.json         the fields of each article, with the length of its text in texts.bin and,
                          where the text was made from other bytes, its digest
    texts.bin             the texts of the articles, UTF-8, one after another
    blocks.npy, ranges.npy
                          the structure of each article: see `index.library.structures`
    passages.npy          (rows, 3): the article's position, start, end
    sentences.npy         (rows, 3): the same for sentences
    first_sentences.npy   (passages + 1,): `Library.first_sentences`
    passages.faiss        the passages' vectors
    sentence_vectors.npy  (sentences, dim), float16
    words.json            the stems, and each word as written with its number of passages
    passage_words.npy     the stems of all passages, one after another, as positions in words.json
    first_words.npy       (passages + 1,): where the stems of each passage begin

What checks these files and what names the version stands in `index.library.manifest`.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from index.documents.article import Article
from index.documents.outline import structure_of
from index.documents.spans import Passage, Sentence
from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.library.library import Library
from index.library.structures import read_structures, write_structures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.documents.spans import Span
    from index.models.encoder import Encoder


def write_segment(library: Library, folder: Path) -> None:
    """Writes the contents of a library to an empty folder."""
    _write_articles(library.articles, folder)
    write_structures([structure_of(article) for article in library.articles], folder)
    positions = {article: position for position, article in enumerate(library.articles)}
    np.save(folder / "passages.npy", _ranges(library.passages, positions))
    np.save(folder / "sentences.npy", _ranges(library.sentences, positions))
    np.save(folder / "first_sentences.npy", library.first_sentences)
    np.save(folder / "sentence_vectors.npy", library.sentence_vectors)
    library.dense.save(folder / "passages.faiss")
    _write_words(library, folder)


def read_segment(folder: Path, *, version: str, encoder: Encoder) -> Library:
    """Reads the library that `write_segment` wrote.

    Args:
        folder: The folder of the files.
        version: The version of the library.
        encoder: The encoder that made the vectors.

    Raises:
        OSError, ValueError, KeyError, TypeError, RuntimeError: A file is missing or is not what it
            should be.
    """
    articles = _read_articles(folder)
    passage_words, vocabulary = _read_words(folder)
    return Library(
        version=version,
        articles=articles,
        passages=tuple(
            Passage(articles[position], start, end)
            for position, start, end in np.load(folder / "passages.npy").tolist()
        ),
        sentences=tuple(
            Sentence(articles[position], start, end)
            for position, start, end in np.load(folder / "sentences.npy").tolist()
        ),
        first_sentences=np.load(folder / "first_sentences.npy"),
        dense=DenseIndex.open(folder / "passages.faiss"),
        sentence_vectors=np.load(folder / "sentence_vectors.npy", mmap_mode="r"),
        passage_words=passage_words,
        lexical=LexicalIndex(passage_words),
        vocabulary=vocabulary,
        encoder=encoder,
    )


def _write_articles(articles: Sequence[Article], folder: Path) -> None:
    texts = [article.text.encode("utf-8") for article in articles]
    (folder / "texts.bin").write_bytes(b"".join(texts))
    fields = [_fields(article, text) for article, text in zip(articles, texts, strict=True)]
    _write_json(folder / "articles.json", fields)


def _fields(article: Article, text: bytes) -> dict[str, Any]:
    """Returns what is stored of an article; its text's digest where the file has other bytes."""
    digest = hashlib.sha256(text).hexdigest()
    of_text = {"text_digest": digest} if digest != article.digest else {}
    return article.stored_fields() | {"bytes": len(text)} | of_text


def _read_articles(folder: Path) -> tuple[Article, ...]:
    texts = (folder / "texts.bin").read_bytes()
    every = json.loads((folder / "articles.json").read_bytes())
    articles = []
    start = 0
    for fields, structure in zip(every, read_structures(folder, len(every)), strict=True):
        end = start + fields.pop("bytes")
        text = texts[start:end]
        # The manifest's digests show damage. This one shows a text that was altered with them.
        if hashlib.sha256(text).hexdigest() != fields.pop("text_digest", fields["digest"]):
            raise ValueError(f"the text of {fields['slug']} is not the one that was indexed")
        articles.append(Article.from_stored(text.decode("utf-8"), fields, structure))
        start = end
    return tuple(articles)


def _write_words(library: Library, folder: Path) -> None:
    stems = sorted({stem for passage in library.passage_words for stem in passage})
    positions = {stem: position for position, stem in enumerate(stems)}
    flat = [positions[stem] for passage in library.passage_words for stem in passage]
    firsts = np.cumsum([0, *(len(passage) for passage in library.passage_words)])
    np.save(folder / "passage_words.npy", np.asarray(flat, dtype=np.int32))
    np.save(folder / "first_words.npy", firsts.astype(np.int64))
    _write_json(folder / "words.json", {"stems": stems, "vocabulary": dict(library.vocabulary)})


def _read_words(folder: Path) -> tuple[list[list[str]], dict[str, int]]:
    """Returns the stems of each passage, and the vocabulary."""
    words = json.loads((folder / "words.json").read_bytes())
    stems = words["stems"]
    flat = np.load(folder / "passage_words.npy").tolist()
    firsts = np.load(folder / "first_words.npy").tolist()
    passage_words = [
        [stems[position] for position in flat[start:end]] for start, end in pairwise(firsts)
    ]
    return passage_words, words["vocabulary"]


def _ranges(spans: Sequence[Span], positions: dict[Article, int]) -> np.ndarray[Any, Any]:
    rows = [(positions[span.article], span.start, span.end) for span in spans]
    return np.asarray(rows, dtype=np.int64).reshape(-1, 3)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=0), encoding="utf-8")
