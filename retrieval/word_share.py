"""How many of a question's words a text has, weighed by how rare they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library.library import Library
    from retrieval.questions import Question


def word_share(question: Question, library: Library, stems: set[str]) -> float:
    """Returns the share of the question's words that a text has, weighed by idf: 0 to 1."""
    weights = {group: max(library.lexical.idf(word) for word in group) for group in question.groups}
    total = sum(weights.values())
    held = sum(weight for group, weight in weights.items() if stems.issuperset(group))
    return held / total if total else 0.0
