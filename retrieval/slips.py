"""Slips of the finger: words that differ by one letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def corrected(typed: str, vocabulary: Mapping[str, int]) -> str | None:
    """Returns the word of a vocabulary that a word is a slip of, if there is one.

    It differs by one letter; of several such words it is the commonest.
    """
    close = [known for known in vocabulary if _is_one_slip(typed, known)]
    return min(close, key=lambda known: (-vocabulary[known], known), default=None)


def _is_one_slip(typed: str, known: str) -> bool:
    """Tells whether one letter was added, left out, changed, or swapped with its neighbour."""
    if abs(len(typed) - len(known)) > 1 or not known.isalpha() or typed[0] != known[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), None)
    if at is None:
        return len(typed) != len(known)
    return (
        typed[at + 1 :] == known[at + 1 :]
        or typed[at:] == known[at + 1 :]
        or typed[at + 1 :] == known[at:]
        or (typed[at : at + 2] == known[at : at + 2][::-1] and typed[at + 2 :] == known[at + 2 :])
    )
