"""Which sentence of a library stands at a place of an article."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.spans import Sentence


def sentence_at(sentences: Sequence[Sentence], row: int, place: int) -> Sentence | None:
    """Returns the last sentence that begins at or before a place above a known sentence.

    The time does not grow with the length of the article.

    Args:
        sentences: All sentences of a library.
        row: The known sentence.
        place: A place in its article, at or before its end.

    Returns:
        None where the article has no sentence so far up.
    """
    article = sentences[row].article
    lowest, step = row, 1
    while lowest > 0 and sentences[lowest].article is article and sentences[lowest].start > place:
        lowest = max(lowest - step, 0)
        step *= 2
    found = bisect_right(
        sentences,
        place,
        lowest,
        row + 1,
        key=lambda each: each.start if each.article is article else -1,
    )
    above = sentences[found - 1] if found > lowest else None
    return above if above is not None and above.article is article else None
