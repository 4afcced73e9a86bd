"""The text of a mail: what is its own, and what it quotes from others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown_writer import join_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_QUOTE = re.compile(r"^[ \t]{0,3}>[> \t]*")
# What programs write above the mail that is answered, which then stands there without marks.
_ORIGINAL = re.compile(
    r"^\W*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)\W*$",
    re.IGNORECASE,
)
# "On 3 May 2024, Jo Doe <jo@pool.example> wrote:", perhaps broken into two or three lines.
_ATTRIBUTION = re.compile(
    r"(?:^|\n)[ \t]*(?:on|am|le)\b[^\n]{5,200}(?:\n[^\n]{1,200}){0,2}?(?:wrote|schrieb|écrit)"
    r"[^\n:]{0,100}:[ \t]*\Z",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^([ \t]*)(?:([*+•·-])|(\d{1,4})[.)])[ \t]+(?=\S)")


def mail_to_markdown(text: str, *, known: Collection[str] = ()) -> str:
    """Returns the text of a mail as Markdown; what it quotes becomes a quotation.

    Args:
        text: The text.
        known: What other mails say, as `own_lines` returns it: a quoted paragraph whose lines are
            all among them is left out, with the line above it that says whose words they are.
    """
    blocks: list[str] = []
    for is_quoted, paragraph in _paragraphs(text):
        lines = paragraph.split("\n")
        if not is_quoted:
            blocks.append(_written(lines))
        elif not all(_folded(line) in known for line in lines):
            blocks.append(_as_quotation(_written(lines)))
        elif blocks:
            blocks[-1] = _ATTRIBUTION.sub("", blocks[-1])
    return join_blocks(blocks)


def own_lines(text: str) -> set[str]:
    """Returns the lines of a mail that it does not quote, in a form that can be compared."""
    lines = (
        line
        for is_quoted, paragraph in _paragraphs(text)
        if not is_quoted
        for line in paragraph.split("\n")
    )
    return {_folded(line) for line in lines}


def _paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """Yields (whether it is quoted, lines) of each paragraph, without the marks of a quotation."""
    paragraph: list[str] = []
    was_quoted = is_below_original = False
    for line in [*text.splitlines(), ""]:
        is_below_original = is_below_original or _ORIGINAL.match(line) is not None
        is_quoted = is_below_original or _QUOTE.match(line) is not None
        words = _QUOTE.sub("", line).rstrip()
        if paragraph and (is_quoted != was_quoted or not words or words == "--"):
            yield was_quoted, "\n".join(paragraph)
            paragraph = []
        was_quoted = is_quoted
        if words and not _ORIGINAL.match(line):
            paragraph.append(words)
    if paragraph:
        yield was_quoted, "\n".join(paragraph)


def _written(lines: list[str]) -> str:
    """Returns lines as Markdown; a mail's lists are written as in Markdown."""
    return "\n".join(_written_line(line) for line in lines)


def _written_line(line: str) -> str:
    item = _ITEM.match(line)
    if item is None:
        return escape_markdown(line.strip())
    marker = f"{item[3]}." if item[3] else "-"
    return f"{item[1].expandtabs(4)}{marker} {escape_markdown(line[item.end() :])}"


def _as_quotation(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _folded(line: str) -> str:
    return " ".join(line.split()).casefold()
