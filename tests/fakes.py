"""Stand-ins for the models and the answerer: small, quick, and the same on every machine."""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from index.documents.article import Article
from index.documents.fields import NO_FIELDS
from index.documents.formats.markdown import read_markdown
from index.documents.metadata import build_article
from index.documents.spans import Span
from index.library.compile import compile_library
from index.models.encoder import TokenVectors
from index.passages.words import words
from retrieval.answers import Answer
from retrieval.calibrator import Calibrator
from retrieval.candidates import CandidateBuilder
from retrieval.models import Models
from retrieval.questions import parse_question
from retrieval.ranker import Ranker
from retrieval.reader import Reading
from retrieval.search import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from index.documents.spans import Passage
    from index.library.library import Library
    from index.models.runtime import Floats
    from retrieval.answers import FindAnswer
    from retrieval.candidates import Candidate
    from retrieval.reader import Reader


@dataclass(slots=True)
class WordEncoder:
    """An `Encoder` whose vectors count words, so that texts with shared words are similar.

    Attributes:
        encoded: Every text that it was given, in order.
        common: The words for which `is_word` is true.
    """

    name: str = "words"
    digest: str = "words-1"
    dim: int = 512
    encoded: list[str] = field(default_factory=list)
    common: frozenset[str] = frozenset({"price"})

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda _count: None
    ) -> Floats:
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1  # a text without words has a direction as well
            for word in words(text):
                row[1 + zlib.crc32(word.encode()) % (self.dim - 1)] += 1
        progress(len(texts))
        vectors: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        found = []
        for text in texts:
            spans = [match.span() for match in re.finditer(r"\w+", text)]
            vectors = self.encode([text[start:end] for start, end in spans])
            found.append(TokenVectors(tuple(spans), vectors))
        return found

    def is_word(self, word: str) -> bool:
        return word in self.common


@dataclass(slots=True)
class PhraseReader:
    """A `Reader` that knows the answers: it finds each phrase wherever it stands.

    Attributes:
        margins: How sure it is of each phrase.
    """

    margins: Mapping[str, float]

    def read(self, question: str, passages: Sequence[Passage]) -> list[list[Reading]]:  # noqa: ARG002  -- it knows without
        return [self._found(passage) for passage in passages]

    def _found(self, passage: Passage) -> list[Reading]:
        found = []
        for phrase, margin in self.margins.items():
            at = passage.text.find(phrase)
            if at >= 0:
                start = passage.start + at
                span = Span(passage.article, start, start + len(phrase))
                found.append(Reading(span, margin))
        return sorted(found, key=lambda reading: -reading.margin)


def simple_models(reader: Reader | None = None, **rank_weights: float) -> Models:
    """Makes models whose first candidate answers if the reader believes in it (margin above 0).

    Without `rank_weights` the surest reading is first, and equally sure readings go by meaning.
    """
    ranker = Ranker(rank_weights or {"margin": 1.0, "dense": 0.1})
    calibrator = Calibrator({"margin": 1.0}, bias=0.0, threshold=0.5, false_answers=0.0)
    return Models(ranker, calibrator, reader)


def from_all_folders(answer: Callable[[str], Answer]) -> FindAnswer:
    """Makes a `FindAnswer` of a function that gives the same answer whatever the folders are."""

    def find(question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG001  -- it has no articles to leave out
        return answer(question)

    return find


nothing_found = from_all_folders(Answer)


def library_of(*texts: str, titles: Sequence[str | None] = ()) -> Library:
    """Makes a library of articles "0.txt", "1.txt", … with the given texts."""
    named = dict(enumerate(titles))
    articles = [
        Article(
            f"{number}.txt",
            named.get(number),
            text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
        )
        for number, text in enumerate(texts)
    ]
    return compile_library(articles, WordEncoder(), version="test")


def markdown_article(text: str, slug: str = "0.md") -> Article:
    """Makes the article of a Markdown file, as a folder of articles would have it."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return build_article(slug, digest, read_markdown(data), NO_FIELDS)


def library_of_pages(*texts: str) -> Library:
    """Makes a library of Markdown files "0.md", "1.md", … with the given texts."""
    articles = [markdown_article(text, f"{number}.md") for number, text in enumerate(texts)]
    return compile_library(articles, WordEncoder(), version="test")


def candidate_of(library: Library, answer: str, question: str = "question") -> Candidate:
    """Makes the candidate of the sentences that hold an answer, as the candidate builder does."""
    asked = parse_question(question, library)
    row = next(at for at, passage in enumerate(library.passages) if answer in passage.text)
    rows = library.sentence_rows(row)
    hit = Hit(
        row=row,
        passage=library.passages[row],
        score=1.0,
        lexical=1.0,
        dense=1.0,
        sentences=library.sentences[rows.start : rows.stop],
        sentence_cosines=(1.0,) * len(rows),
    )
    readings = PhraseReader({answer: 1.0}).read(question, [hit.passage])
    (candidate,) = CandidateBuilder(asked, library, frozenset()).build([hit], readings)
    return candidate
