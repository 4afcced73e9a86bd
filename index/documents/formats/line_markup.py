"""What Org and AsciiDoc have in common: lines that are headings, items, rows or plain words."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown_writer import code_span, escape_inside, link, strong

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    # A pattern of inline markup, and how what it finds is written.
    Inline = tuple[re.Pattern[str], str]

# More is no text that anybody wrote by hand.
MAX_MARKUP_CHARS = 5_000_000
# Of blocks in blocks; what lies deeper is a paragraph.
MAX_DEPTH = 20
LINK, CODE, STRONG, PLAIN, NOTE = "link", "code", "strong", "plain", "note"


def split_lines(source: str, *, tab: int) -> list[str]:
    """Returns the lines of a file, with blanks for tabs.

    Raises:
        UnreadableError: It has more than `MAX_MARKUP_CHARS`.
    """
    if len(source) > MAX_MARKUP_CHARS:
        raise UnreadableError(f"it has more than {MAX_MARKUP_CHARS:,} characters; split it")
    return [line.expandtabs(tab) for line in source.removeprefix("\ufeff").splitlines()]


class Positions:
    """Where each line stands: the end of a block is found without looking at all lines again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._found: dict[str, list[int]] = {}
        for position, line in enumerate(lines):
            self._found.setdefault(line, []).append(position)

    def after(self, position: int, line: str) -> int | None:
        """Returns where a line stands for the first time after a position, or None."""
        found = self._found.get(line, [])
        at = bisect_right(found, position)
        return found[at] if at < len(found) else None


def write_inline(text: str, patterns: Sequence[Inline]) -> str:
    """Returns a line with its inline markup as Markdown.

    Args:
        text: The line or the paragraph.
        patterns: In the order in which they are tried, each with one of the kinds above. The group
            `text` is what is shown, the group `target` where a link leads.
    """
    pieces: list[str] = []
    position = 0
    for start, end, found, kind in _matches(text, patterns):
        if start < position:
            continue
        pieces.append(_escaped(text[position:start], is_first=not pieces))
        pieces.append(_written(found, kind, patterns))
        position = end
    pieces.append(_escaped(text[position:], is_first=not pieces))
    return "".join(pieces)


def _matches(
    text: str, patterns: Sequence[Inline]
) -> Iterable[tuple[int, int, re.Match[str], str]]:
    """Returns what the patterns find, by position; of two at one place the earlier pattern's."""
    found = [
        (each.start(), number, each, kind)
        for number, (pattern, kind) in enumerate(patterns)
        for each in pattern.finditer(text)
    ]
    found.sort(key=lambda item: item[:2])
    return [(start, each.end(), each, kind) for start, _number, each, kind in found]


def _escaped(text: str, *, is_first: bool) -> str:
    return escape_markdown(text) if is_first else escape_inside(text)


def _written(found: re.Match[str], kind: str, patterns: Sequence[Inline]) -> str:
    groups = found.groupdict()
    text = groups.get("text") or groups.get("target") or ""
    if kind == CODE:
        return code_span(text)
    if kind == NOTE:
        return f"[^{text}]"
    if kind == LINK:
        return link(escape_inside(text), groups.get("target"))
    inner = write_inline(text, patterns) if len(text) < len(found[0]) else escape_inside(text)
    return strong(inner) if kind == STRONG else inner
