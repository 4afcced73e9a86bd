"""Vectors of the library that is current now, so that a rebuild encodes only what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import LibraryError
from index.library.compile import ArticleVectors
from index.library.storage import open_library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.documents.article import Article
    from index.documents.spans import Passage, Sentence, Span
    from index.library.compile import KnownVectors
    from index.models.encoder import Encoder


def known_vectors(folder: Path, encoder: Encoder) -> KnownVectors:
    """Returns a function that looks up the vectors of an article in the current library.

    The function returns None for an article that is new or changed, or that an older program cut
    into other passages or sentences. If there is no library, or the library cannot be opened, the
    function returns None for every article.
    """
    try:
        library = open_library(folder, encoder)
    except LibraryError:
        return lambda _article, _passages, _sentences: None
    rows: dict[Article, tuple[list[int], list[int]]] = {
        article: ([], []) for article in library.articles
    }
    for row, passage in enumerate(library.passages):
        rows[passage.article][0].append(row)
    for row, sentence in enumerate(library.sentences):
        rows[sentence.article][1].append(row)
    known = {_key(article): found for article, found in rows.items()}

    def look_up(
        article: Article, passages: Sequence[Passage], sentences: Sequence[Sentence]
    ) -> ArticleVectors | None:
        of_passages, of_sentences = known.get(_key(article), ([], []))
        old_passages = [library.passages[row] for row in of_passages]
        old_sentences = [library.sentences[row] for row in of_sentences]
        if _ranges(old_passages) != _ranges(passages) or _ranges(old_sentences) != _ranges(
            sentences
        ):
            return None
        return ArticleVectors(
            library.dense.vectors(of_passages), library.sentence_vectors[of_sentences]
        )

    return look_up


def _key(article: Article) -> tuple[str, str, str | None]:
    """Returns what an article's vectors depend on; the title is encoded with each passage."""
    return article.slug, article.digest, article.title


def _ranges(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
