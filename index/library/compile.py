"""From articles to a library in memory: cut, encode, index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.library.library import Library, count_vocabulary, first_sentence_rows
from index.passages.indexed_text import indexed_text
from index.passages.passages import split_passages
from index.passages.sentences import split_sentences
from index.passages.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from index.documents.article import Article
    from index.documents.spans import Passage, Sentence
    from index.models.encoder import Encoder
    from index.models.runtime import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ArticleVectors:
    """The vectors of one article, in the order of its passages and sentences.

    Attributes:
        passages: Shape (passages, dim), float32, unit length.
        sentences: Shape (sentences, dim), float16, unit length.
    """

    passages: Floats
    sentences: npt.NDArray[np.float16]


class KnownVectors(Protocol):
    """A function that looks up vectors that were made before."""

    def __call__(
        self, article: Article, passages: Sequence[Passage], sentences: Sequence[Sentence], /
    ) -> ArticleVectors | None:
        """Returns the vectors of an article, or None if they must be made."""


def _nothing_known(
    _article: Article, _passages: Sequence[Passage], _sentences: Sequence[Sentence]
) -> None:
    pass


def compile_library(
    articles: Sequence[Article],
    encoder: Encoder,
    *,
    version: str,
    known: KnownVectors = _nothing_known,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Library:
    """Cuts, encodes and indexes articles.

    Args:
        articles: The articles, in the order of the library's rows.
        encoder: Turns passages and sentences into vectors.
        version: The version of the result.
        known: Looks up the vectors of an article that was encoded before; they are used again.
        progress: Called after each article with the number of texts that have vectors, and with
            the number of all texts.
    """
    sentences = [split_sentences(article) for article in articles]
    passages = [split_passages(article) for article in articles]
    vectors = []
    done, total = 0, sum(map(len, passages)) + sum(map(len, sentences))
    for article, inside, lines in zip(articles, passages, sentences, strict=True):
        vectors.append(known(article, inside, lines) or _encode(inside, lines, encoder))
        done += len(inside) + len(lines)
        progress(done, total)
    all_passages = tuple(passage for part in passages for passage in part)
    all_sentences = tuple(sentence for part in sentences for sentence in part)
    passage_words = [words(indexed_text(passage)) for passage in all_passages]
    empty = np.zeros((0, encoder.dim), dtype=np.float32)
    return Library(
        version=version,
        articles=tuple(articles),
        passages=all_passages,
        sentences=all_sentences,
        first_sentences=first_sentence_rows(all_passages, all_sentences),
        dense=DenseIndex.from_vectors(
            np.concatenate([empty, *(part.passages for part in vectors)])
        ),
        sentence_vectors=np.concatenate(
            [empty.astype(np.float16), *(part.sentences for part in vectors)]
        ),
        passage_words=passage_words,
        lexical=LexicalIndex(passage_words),
        vocabulary=count_vocabulary(all_passages),
        encoder=encoder,
    )


def _encode(
    passages: Sequence[Passage], sentences: Sequence[Sentence], encoder: Encoder
) -> ArticleVectors:
    texts = [indexed_text(passage) for passage in passages]
    texts += [sentence.text for sentence in sentences]
    rows = encoder.encode(texts)
    return ArticleVectors(rows[: len(passages)], rows[len(passages) :].astype(np.float16))
