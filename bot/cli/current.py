"""Answers from the articles as they are: a quoted article is compared with its file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from index.documents.digests import article_digest
from index.documents.files import read_regular_file
from index.documents.folder import MAX_ARTICLE_BYTES
from index.documents.formats.contents import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.documents.article import Article
    from index.library.library import Library
    from retrieval.answerer import Answerer
    from retrieval.answers import Answer


class CurrentAnswerer:
    """Answers a question; makes the library again where a quoted article's file has changed.

    The start compares the size and the time of each file. A change that keeps both, or that came
    later, is seen here: by the digest of the bytes of each article that an answer quotes.
    """

    def __init__(
        self, folder: Path, answerer: Answerer, make_again: Callable[[], Answerer]
    ) -> None:
        """Sets up for a folder of articles.

        Args:
            folder: The folder of the articles.
            answerer: Answers from the library of that folder.
            make_again: Builds the library and returns an answerer over it.
        """
        self._folder = folder
        self._answerer = answerer
        self._make_again = make_again
        self._making = threading.Lock()

    @property
    def library(self) -> Library:
        """The library that is answered from now."""
        return self._answerer.library

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        """Answers one question; see `retrieval.answers.FindAnswer`.

        Raises:
            ClippingError: A file has changed, and the library cannot be made again.
        """
        answerer = self._answerer
        answer = answerer(question, folders=folders)
        if not any(map(self._has_changed, set(_quoted(answer)))):
            return answer
        with self._making:
            if self._answerer is answerer:  # else another thread has made it again
                self._answerer = self._make_again()
        return self._answerer(question, folders=folders)

    def _has_changed(self, article: Article) -> bool:
        """Returns whether the file of an article holds other bytes now, or cannot be read."""
        try:
            data = read_regular_file(self._folder / article.slug, MAX_ARTICLE_BYTES)
        except (OSError, UnreadableError):
            return True
        return article_digest(data, article.extractor) != article.digest


def _quoted(answer: Answer) -> Iterator[Article]:
    """Yields the articles that an answer quotes, or whose records it shows."""
    for finding in answer.findings:
        yield finding.quote.article
        yield from (quote.article for quote in finding.also)
    yield from (quote.article for quote in answer.closest)
    yield from answer.about.articles if answer.about else ()
