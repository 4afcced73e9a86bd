"""What a reader sees of HTML that stands in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.documents.structure import Range

# A comment, what programs and styles hold, an instruction, or a tag. What is not closed goes on to
# the end.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|svg)\b.*?(?:</\1\s*>|\Z)|<[?!][^>]*(?:>|\Z)"
    r"|</?([A-Za-z][\w.:-]*+)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
# Tags that stand inside a line; any other tag ends the line.
_IN_LINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em font i img ins kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr".split()
)
_STRUCK = frozenset(("del", "s", "strike"))


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """Text between two tags that end a line.

    Attributes:
        tag: The tag before it, in small letters; empty at the beginning.
        ranges: What is visible of it, in order.
        entities: What of it stands for another character.
    """

    tag: str
    ranges: tuple[Range, ...]
    entities: tuple[Range, ...]


def html_lines(text: str, start: int, end: int) -> Iterator[HtmlLine]:
    """Yields the lines of a stretch of HTML, in order, empty ones too.

    Args:
        text: The whole text; places count from its beginning.
        start: Where the HTML begins.
        end: Its end, not included.
    """
    tag = ""
    struck = 0
    ranges: list[Range] = []
    previous = start
    for found in _MARKUP.finditer(text, start, end):
        if found.start() > previous and not struck:
            ranges.append((previous, found.start()))
        previous = found.end()
        name = (found[2] or "").lower()
        if name in _STRUCK:
            struck = max(struck + (-1 if found.group().startswith("</") else 1), 0)
        elif name and name not in _IN_LINE:
            yield _line(text, tag, ranges)
            tag = f"/{name}" if found.group().startswith("</") else name
            ranges = []
    if previous < end and not struck:
        ranges.append((previous, end))
    yield _line(text, tag, ranges)


def _line(text: str, tag: str, ranges: list[Range]) -> HtmlLine:
    entities = tuple(
        found.span() for left, right in ranges for found in _ENTITY.finditer(text, left, right)
    )
    return HtmlLine(tag, tuple(ranges), entities)
