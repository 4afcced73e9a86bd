"""From articles to a library in memory: cut, encode, index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.library.library import Library, count_vocabulary, first_sentence_rows
from index.passages.context import sentence_text
from index.passages.indexed_text import indexed_text
from index.passages.passages import split_article
from index.passages.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


@dataclass(frozen=True, slots=True)
class _Cut:
    """One article, cut into passages and sentences."""

    article: Article
    passages: Sequence[Passage]
    sentences: Sequence[Sentence]


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
    cuts = [_Cut(article, *split_article(article)) for article in articles]
    vectors = list(_encode_all(cuts, encoder, known, progress))
    all_passages = tuple(passage for cut in cuts for passage in cut.passages)
    all_sentences = tuple(sentence for cut in cuts for sentence in cut.sentences)
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


def _encode_all(
    cuts: Sequence[_Cut],
    encoder: Encoder,
    known: KnownVectors,
    progress: Callable[[int, int], None],
) -> Iterator[ArticleVectors]:
    done, total = 0, sum(len(cut.passages) + len(cut.sentences) for cut in cuts)
    for cut in cuts:
        yield known(cut.article, cut.passages, cut.sentences) or _encode(cut, encoder)
        done += len(cut.passages) + len(cut.sentences)
        progress(done, total)


def _encode(cut: _Cut, encoder: Encoder) -> ArticleVectors:
    texts = [indexed_text(passage) for passage in cut.passages]
    texts += [sentence_text(sentence) for sentence in cut.sentences]
    rows = encoder.encode(texts)
    split = len(cut.passages)
    return ArticleVectors(rows[:split], rows[split:].astype(np.float16))
