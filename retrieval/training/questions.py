"""Reads question files in SQuAD format into paragraphs and questions, and checks them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

# Files whose titles name a subject. In the other files titles are ids or host names.
TITLED = frozenset({"wiki", "squad2"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `title` is empty where the file has no meaningful title."""

    source: str
    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one paragraph.

    Attributes:
        text: The question.
        paragraph: What it is about.
        answers: Distinct ranges [start, end) of `paragraph.text`, in order; () if the paragraph
            does not answer.
    """

    text: str
    paragraph: Paragraph
    answers: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        """Refuses ranges outside of the paragraph."""
        for start, end in self.answers:
            if not 0 <= start < end <= len(self.paragraph.text):
                raise ValueError(f"answer [{start}, {end}) is outside of its paragraph")


def read_questions(path: Path) -> list[Question]:
    """Reads one file. Questions whose answers cannot be found in the text are left out."""
    questions = []
    for article in json.loads(path.read_bytes())["data"]:
        name = str(article["title"])
        title = unquote(name).replace("_", " ") if path.stem in TITLED else ""
        for stored in article["paragraphs"]:
            paragraph = Paragraph(path.stem, name, title, stored["context"])
            for entry in stored["qas"]:
                answers = located(paragraph.text, entry["answers"])
                if answers or not entry["answers"]:
                    questions.append(Question(entry["question"].strip(), paragraph, answers))
    return questions


def located(text: str, answers: list[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    """Finds the ranges of annotated answers, without the white space around them.

    An answer that does not stand at its offset counts at its occurrence nearest to the offset. An
    answer that stands nowhere is dropped.
    """
    ranges = set()
    for answer in answers:
        words = answer["text"].strip()
        claimed = answer["answer_start"] + answer["text"].find(words)
        found = (
            [position for position in range(len(text)) if text.startswith(words, position)]
            if words
            else []
        )
        if found:
            start = min(found, key=lambda position: (abs(position - claimed), position))
            ranges.add((start, start + len(words)))
    return tuple(sorted(ranges))


def split_off(
    questions: list[Question], articles: dict[str, int], *, every: int = 33
) -> tuple[list[Question], list[Question]]:
    """Splits the questions into those to learn from and those to measure on.

    Args:
        questions: From any number of files.
        articles: How many of the last articles of a source are held out, by source.
        every: In any other source every `every`-th paragraph is held out.

    Returns:
        Questions to learn from and held-out questions. No paragraph has questions in both lists.
    """
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    held: set[Paragraph] = set()
    for source in dict.fromkeys(paragraph.source for paragraph in paragraphs):
        own = [paragraph for paragraph in paragraphs if paragraph.source == source]
        names = list(dict.fromkeys(paragraph.article for paragraph in own))
        count = articles.get(source, 0)
        last = set(names[-count:]) if count else set()
        held.update(p for p in own if p.article in last)
        held.update(own[every - 1 :: every] if not count else ())
    learn = [question for question in questions if question.paragraph not in held]
    return learn, [question for question in questions if question.paragraph in held]
