"""A library: articles, their passages and sentences, and both indexes over the passages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.passages.indexed_text import indexed_text
from index.passages.words import plain_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from index.documents.article import Article
    from index.documents.spans import Passage, Sentence
    from index.models.encoder import Encoder


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything a question is answered from; it never changes once built.

    Rows count passages and sentences over all articles, in the articles' order.

    Attributes:
        version: Names the contents; offsets and rows belong to it.
        articles: The rows of passages and sentences follow their order.
        passages: All passages; a passage's position is its row.
        sentences: All sentences; a sentence's position is its row.
        first_sentences: Shape (passages + 1,): passage `row` holds the sentences from
            `first_sentences[row]` up to but not including `first_sentences[row + 1]`.
        dense: The passages' vectors.
        sentence_vectors: Shape (sentences, dim), float16, unit length.
        passage_words: The stems of each passage, title included, as `lexical` counts them.
        lexical: The passages' words.
        vocabulary: Each word as written (lower case) -> how many passages hold it.
        encoder: Encodes questions into the space of the vectors.
    """

    version: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    first_sentences: npt.NDArray[np.int64]
    dense: DenseIndex = field(repr=False)
    sentence_vectors: npt.NDArray[np.float16] = field(repr=False)
    passage_words: Sequence[Sequence[str]] = field(repr=False)
    lexical: LexicalIndex = field(repr=False)
    vocabulary: Mapping[str, int] = field(repr=False)
    encoder: Encoder = field(repr=False)

    def sentence_rows(self, passage_row: int) -> range:
        """Returns the rows of the sentences that a passage holds, in order."""
        return range(
            int(self.first_sentences[passage_row]), int(self.first_sentences[passage_row + 1])
        )

    def subset(self, articles: Collection[Article]) -> Library:
        """Returns a library of some of the articles, in the order of this one.

        Words are counted in the passages of these articles alone, as if the library had never held
        any other article.
        """
        passage_rows = [row for row, span in enumerate(self.passages) if span.article in articles]
        sentence_rows = [row for row, span in enumerate(self.sentences) if span.article in articles]
        passages = tuple(self.passages[row] for row in passage_rows)
        sentences = tuple(self.sentences[row] for row in sentence_rows)
        passage_words = [self.passage_words[row] for row in passage_rows]
        return Library(
            version=f"{self.version}, {len(articles)} articles of it",
            articles=tuple(article for article in self.articles if article in articles),
            passages=passages,
            sentences=sentences,
            first_sentences=first_sentence_rows(passages, sentences),
            dense=DenseIndex.from_vectors(self.dense.vectors(passage_rows)),
            sentence_vectors=self.sentence_vectors[sentence_rows],
            passage_words=passage_words,
            lexical=LexicalIndex(passage_words),
            vocabulary=count_vocabulary(passages),
            encoder=self.encoder,
        )


def first_sentence_rows(
    passages: Sequence[Passage], sentences: Sequence[Sentence]
) -> npt.NDArray[np.int64]:
    """Returns where the sentences of each passage begin, shape (passages + 1,).

    Passages and sentences must be in the same order, and no passage may cut a sentence.
    """
    firsts = [0]
    row = 0
    for passage in passages:
        while row < len(sentences) and passage.covers(sentences[row]):
            row += 1
        firsts.append(row)
    return np.asarray(firsts, dtype=np.int64)


def count_vocabulary(passages: Iterable[Passage]) -> dict[str, int]:
    """Returns how many passages hold each word, as written and in lower case."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(dict.fromkeys(plain_words(indexed_text(passage)), 1))
    return dict(counts)
