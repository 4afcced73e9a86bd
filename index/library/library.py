"""A library: articles, their passages and sentences, and both indexes over them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from index.documents.lines import date_of, is_bullet, is_credit, is_furniture, opens_a_listing
from index.library.dense import DenseIndex
from index.library.lexical import LexicalIndex
from index.passages.splitting import split_article, split_sentences
from index.passages.words import plain_words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from index.documents.spans import Article, Passage, Sentence
    from index.models.encoder import Encoder
    from index.models.runtime import Floats


CREDIT_WORDS = "\nphoto photograph photographed photographer picture image credit"


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Everything a question is answered from; it never changes once built.

    Rows count passages and sentences over all articles, in the articles' order.

    Attributes:
        version: Names the contents; offsets and rows belong to it.
        first_sentences: Shape (passages + 1,): passage `row` holds the sentences from
            `first_sentences[row]` up to but not including `first_sentences[row + 1]`.
        sentence_vectors: Shape (sentences, dim), float16, unit length.
        passage_words: Each passage's stems, title included, as `lexical` counts them.
        vocabulary: Each word as written (lower case) -> how many passages hold it.
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
        """The rows of the sentences that a passage holds, in order."""
        return range(
            int(self.first_sentences[passage_row]), int(self.first_sentences[passage_row + 1])
        )

    def of_only(self, articles: Collection[Article]) -> Library:
        """The library as it would be if it had only ever had some of its articles."""
        rows = [row for row, each in enumerate(self.passages) if each.article in articles]
        kept = [row for row, each in enumerate(self.sentences) if each.article in articles]
        passages = tuple(self.passages[row] for row in rows)
        sentences = tuple(self.sentences[row] for row in kept)
        passage_words = [self.passage_words[row] for row in rows]
        return replace(
            self,
            version=f"{self.version}, {len(articles)} articles of it",
            articles=tuple(each for each in self.articles if each in articles),
            passages=passages,
            sentences=sentences,
            first_sentences=_first_sentences(passages, sentences),
            dense=DenseIndex.of(self.dense.vectors(rows)),
            sentence_vectors=self.sentence_vectors[kept],
            passage_words=passage_words,
            lexical=LexicalIndex(passage_words),
            vocabulary=_vocabulary(passages),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """One article's vectors: `passages` float32 and `sentences` float16, a row each."""

    passages: Floats
    sentences: npt.NDArray[np.float16]


def indexed_text(passage: Passage) -> str:
    """What a passage is found by: its article's title, where there is one, and its own text.

    A picture's credit names a person and an agency and no more; the words that it stands for are
    added, so that asking who took a photograph finds it.
    """
    title = passage.article.title
    head = f"{title}\n" if title and title not in passage.text else ""
    credited = any(is_credit(line) for line in passage.text.splitlines())
    return f"{head}{passage.text}{CREDIT_WORDS if credited else ''}"


def compile_library(
    articles: Sequence[Article],
    encoder: Encoder,
    *,
    version: str,
    known: Callable[[Article], Vectors | None] = lambda _article: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Library:
    """Cut, encode and index articles.

    Args:
        articles: In the order their rows shall have.
        encoder: Turns passages and sentences into vectors.
        version: The name of the result.
        known: An article's vectors where they are known already, so that they are not made again.
        progress: Hears how many of how many texts are encoded.
    """
    sentences = [split_sentences(article) for article in articles]
    passages = [split_article(article) for article in articles]
    vectors = _vectors(articles, passages, sentences, encoder, known, progress)
    all_passages = tuple(passage for part in passages for passage in part)
    all_sentences = tuple(sentence for part in sentences for sentence in part)
    passage_words = [words(indexed_text(passage)) for passage in all_passages]
    empty = np.zeros((0, encoder.dim), dtype=np.float32)
    return Library(
        version=version,
        articles=tuple(articles),
        passages=all_passages,
        sentences=all_sentences,
        first_sentences=_first_sentences(all_passages, all_sentences),
        dense=DenseIndex.of(np.concatenate([empty, *(part.passages for part in vectors)])),
        sentence_vectors=np.concatenate(
            [empty.astype(np.float16), *(part.sentences for part in vectors)]
        ),
        passage_words=passage_words,
        lexical=LexicalIndex(passage_words),
        vocabulary=_vocabulary(all_passages),
        encoder=encoder,
    )


def find_furniture(sentences: Iterable[Sentence]) -> set[int]:
    """The rows of the sentences that a web page printed around its article.

    Those are menu words, credits, bare dates, and the links listed under "Read more:".
    """
    rows = set()
    listing = False
    for row, sentence in enumerate(sentences):
        text = sentence.text
        listing = opens_a_listing(text) or (listing and is_bullet(text))
        if listing or is_furniture(text) or date_of(text) is not None:
            rows.add(row)
    return rows


def _vectors(
    articles: Sequence[Article],
    passages: list[list[Passage]],
    sentences: list[list[Sentence]],
    encoder: Encoder,
    known: Callable[[Article], Vectors | None],
    progress: Callable[[int, int], None],
) -> list[Vectors]:
    total = sum(map(len, passages)) + sum(map(len, sentences))
    done = 0
    vectors = []
    for article, its_passages, its_sentences in zip(articles, passages, sentences, strict=True):
        part = known(article)
        if part is None:
            texts = [indexed_text(passage) for passage in its_passages]
            texts += [sentence.text for sentence in its_sentences]
            rows = encoder.encode(texts)
            cut = len(its_passages)
            part = Vectors(rows[:cut], rows[cut:].astype(np.float16))
        vectors.append(part)
        done += len(its_passages) + len(its_sentences)
        progress(done, total)
    return vectors


def _first_sentences(
    passages: Sequence[Passage], sentences: Sequence[Sentence]
) -> npt.NDArray[np.int64]:
    """Where each passage's sentences begin: both are in order, and no passage cuts a sentence."""
    firsts = [0]
    row = 0
    for passage in passages:
        while row < len(sentences) and passage.covers(sentences[row]):
            row += 1
        firsts.append(row)
    return np.asarray(firsts, dtype=np.int64)


def _vocabulary(passages: Iterable[Passage]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(set(plain_words(indexed_text(passage))))
    return dict(counts)
