"""Mines hard negatives: paragraphs that look right for a question and do not hold its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.training.questions import Paragraph, Question

Floats = npt.NDArray[np.float32]

# Sources in which the same questions are asked of many texts. A paragraph that ranks high for such
# a question often does answer it, in other words.
GENERIC = frozenset({"policy_a", "policy_b"})


def words(text: str) -> list[str]:
    """Cuts a text into words in lower case."""
    return re.findall(r"\w+", text.lower())


def holds(text: str, answers: list[str]) -> bool:
    """Tells whether an answer stands in the text word for word, whatever the marks and capitals."""
    flat = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(answer))} " in flat for answer in answers)


def mine(
    questions: list[Question],
    paragraphs: list[Paragraph],
    similarity: Floats,
    *,
    limit: int = 8,
    away: int = 6,
    consider: int = 200,
) -> list[tuple[int, ...]]:
    """Finds hard negatives for each question.

    Args:
        questions: All of one source.
        paragraphs: Those of the same source.
        similarity: Shape (questions, paragraphs), higher is more similar.
        limit: How many negatives of any article to return for a question.
        away: How many more of other articles to return: what a search finds when no article
            answers.
        consider: How far down the ranking to look.

    Returns:
        For each question positions in `paragraphs`, the most similar first. The question's own
        paragraph is never among them, and no paragraph that holds one of its answers.
    """
    mined = []
    for question, row in zip(questions, similarity, strict=True):
        own = question.paragraph
        answers = [own.text[start:end] for start, end in question.answers]
        ranked = np.lexsort((np.arange(len(row)), -row))[:consider].tolist()
        kept = [
            n for n in ranked if paragraphs[n] != own and not holds(paragraphs[n].text, answers)
        ]
        others = [n for n in kept[limit:] if paragraphs[n].article != own.article]
        mined.append((*kept[:limit], *others[:away]))
    return mined


def mine_all(
    questions: list[Question], likeness: Callable[[list[str], list[str]], Floats]
) -> list[list[Paragraph]]:
    """Finds the hard negatives of every question among its own source's paragraphs.

    Args:
        questions: Of any number of sources.
        likeness: Scores every text of a list for every question of a list.
    """
    found: dict[int, list[Paragraph]] = {}
    for source in dict.fromkeys(question.paragraph.source for question in questions):
        positions = [n for n, q in enumerate(questions) if q.paragraph.source == source]
        own = [questions[n] for n in positions]
        if source in GENERIC:
            found.update((n, []) for n in positions)
            continue
        paragraphs = list(dict.fromkeys(question.paragraph for question in own))
        texts = [f"{paragraph.title} {paragraph.text}" for paragraph in paragraphs]
        alike = likeness([question.text for question in own], texts)
        for position, rows in zip(positions, mine(own, paragraphs, alike), strict=True):
            found[position] = [paragraphs[row] for row in rows]
    return [found[n] for n in range(len(questions))]
