"""Finding the sentences that are boilerplate: what a web page printed around its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.boilerplate import is_boilerplate, opens_a_listing
from index.documents.dates import parse_date_line
from index.documents.outline import leads_elsewhere
from index.documents.prose import is_bullet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.documents.spans import Sentence


def find_boilerplate(sentences: Iterable[Sentence]) -> set[int]:
    """Returns the positions of the sentences that are boilerplate.

    Boilerplate is menu words, picture credits, bare dates, the links listed under "Read more:", and
    lines that are nothing but a link to another place of the same documents.
    """
    rows = set()
    in_listing = False
    for row, sentence in enumerate(sentences):
        text = sentence.visible
        in_listing = opens_a_listing(text) or (in_listing and is_bullet(text))
        is_line = is_boilerplate(text) or parse_date_line(text) is not None
        if in_listing or is_line or leads_elsewhere(sentence):
            rows.add(row)
    return rows
