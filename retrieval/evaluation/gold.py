"""Reads questions with known answers from files, with the libraries that they are asked of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from config.errors import QuestionError
from index.library.build import current_library

if TYPE_CHECKING:
    from pathlib import Path

    from index.documents.article import Article
    from index.documents.spans import Quote, Span
    from index.library.library import Library
    from index.library.progress import Progress
    from index.models.encoder import Encoder

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One question with its known answers.

    Attributes:
        text: The question.
        article: The article that it was asked about; None where any article may answer.
        ranges: Where the answers stand in `article`.
        answers: The answers' words; () if the articles do not answer.
    """

    text: str
    article: Article | None
    ranges: tuple[Range, ...]
    answers: tuple[str, ...]

    def is_right(self, span: Span | Quote) -> bool:
        """Tells whether a clipping or passage holds an answer.

        With a known article the span must share a character with one of `ranges`. Without one it
        must hold the words of an answer, whatever the capitals.
        """
        if self.article is None:
            return any(answer.casefold() in span.text.casefold() for answer in self.answers)
        return span.article is self.article and any(
            span.start < end and start < span.end for start, end in self.ranges
        )


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The questions of one file and the library that they are asked of."""

    name: str
    library: Library
    questions: tuple[Gold, ...]


def read_lines(path: Path, library: Library) -> GoldSet:
    """Reads JSON lines {"question", "answers"} about a library's articles.

    Raises:
        QuestionError: A line cannot be read; the message says which.
    """
    questions = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.strip():
            try:
                fields = json.loads(line)
                answers = tuple(fields["answers"])
                questions.append(Gold(fields["question"], None, (), answers))
            except (ValueError, KeyError, TypeError) as error:
                raise QuestionError(
                    f'{path}, line {number}: not a JSON object with "question" and "answers".'
                ) from error
    return GoldSet(path.stem, library, tuple(questions))


def read_squad(path: Path, home: Path, encoder: Encoder, progress: Progress) -> GoldSet:
    """Reads a file in SQuAD format and builds the library of its articles.

    Args:
        path: {"data": [{"title", "paragraphs": [{"context", "qas": [...]}]}]}.
        home: Where the articles are written, each as a file with a sidecar for the title, and
            where their library is kept. A second run finds both.
        encoder: Encodes the library.
        progress: Is told how the library is built.

    Raises:
        QuestionError: The file is not in SQuAD format.
    """
    try:
        data = json.loads(_text(path))["data"]
        written = [_write_article(home / "articles", number, a) for number, a in enumerate(data)]
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionError(
            f"{path} is not in SQuAD format: {error!r} while reading it."
        ) from error
    library = current_library(home / "articles", home / "library", encoder, progress)
    by_slug = {article.slug: article for article in library.articles}
    return GoldSet(
        f"{path.parent.name}/{path.stem}",
        library,
        tuple(
            _gold(entry, by_slug[slug], offset)
            for slug, entries in written
            for entry, offset in entries
        ),
    )


def _write_article(
    folder: Path, number: int, article: dict[str, Any]
) -> tuple[str, list[tuple[dict[str, Any], int]]]:
    """Writes one article, its paragraphs joined by blank lines.

    Returns:
        The file name, and each question with the offset of its paragraph in the article.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text, entries = "", []
    for paragraph in article["paragraphs"]:
        text += "\n\n" if text else ""
        entries += [(entry, len(text)) for entry in paragraph["qas"]]
        text += paragraph["context"]
    name = f"{number:04}.txt"
    title = unquote(str(article.get("title", ""))).replace("_", " ")
    _write_if_new(folder / name, text.encode("utf-8"))
    _write_if_new(folder / f"{name}.json", json.dumps({"title": title}).encode("utf-8"))
    return name, entries


def _gold(entry: dict[str, Any], article: Article, offset: int) -> Gold:
    """Reads a question; an answer that is not at its offset counts at its nearest occurrence."""
    ranges = []
    for answer in entry.get("answers", []):
        words = answer["text"].strip()
        claimed = offset + answer["answer_start"]
        start = _nearest(article.text, words, claimed)
        if start is not None:
            ranges.append((start, start + len(words)))
    found = tuple(dict.fromkeys(ranges))
    answers = tuple(dict.fromkeys(article.text[start:end] for start, end in found))
    return Gold(" ".join(entry["question"].split()), article, found, answers)


def _nearest(text: str, words: str, claimed: int) -> int | None:
    if not words:
        return None
    before = text.rfind(words, 0, claimed + len(words))
    after = text.find(words, claimed)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - claimed), default=None)


def _write_if_new(path: Path, data: bytes) -> None:
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read as UTF-8 text: check the path.") from error
