"""Writes paragraphs, headings, lists, tables and the rest as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BACKTICKS = re.compile(r"`{3,}")
_CLOSING_SIGNS = re.compile(r"(^|\s)(#+)$")
_NO_LANGUAGE = re.compile(r"[^\w+#.-]")
# Markdown reads no longer number before an item.
_MAX_ITEM_NUMBER = 999_999_999


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, as inline Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6, as inline Markdown without a line break."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code as they are, and the name of their language."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `first` is the number of the first item, None for a list without numbers."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms as inline Markdown, each with its definitions."""

    entries: tuple[tuple[str, tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as inline Markdown without a line break; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Paragraph | Heading | Code | Items | Quotation | Definitions | Table


def write_blocks(blocks: Iterable[Block]) -> str:
    """Returns blocks in Markdown, with a line feed at the end."""
    return "\n".join(line for line in _lines(blocks)).strip("\n") + "\n"


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yields the lines of blocks; lists that follow one another get different signs."""
    last: Block | None = None
    other = False
    for block in blocks:
        if last is not None:
            yield ""
        other = not other and isinstance(block, Items) and _is_same_list(last, block)
        yield from _block_lines(block, other=other)
        last = block


def _is_same_list(last: Block | None, block: Items) -> bool:
    """Returns whether Markdown would take a list for the rest of the one before."""
    return isinstance(last, Items) and (last.first is None) == (block.first is None)


def _block_lines(block: Block, *, other: bool) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from text.split("\n")
        case Heading(level, text):
            yield f"{'#' * level} {_CLOSING_SIGNS.sub(_escape_last, text)}"
        case Code():
            yield from _code_lines(block)
        case Items():
            yield from _item_lines(block, other=other)
        case Quotation(inner):
            yield from (f"> {line}" if line else ">" for line in _lines(inner))
        case Definitions(entries):
            yield from _definition_lines(entries)
        case Table(rows):
            yield from _table_lines(rows)


def _escape_last(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\#"


def _code_lines(code: Code) -> Iterator[str]:
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(code.text)), default=2))
    yield fence + _NO_LANGUAGE.sub("", code.language)
    yield from code.text.split("\n")
    yield fence


def _item_lines(block: Items, *, other: bool) -> Iterator[str]:
    number = block.first
    loose = any(_is_loose(item) for item in block.items)
    for position, item in enumerate(block.items):
        if position and loose:
            yield ""
        if number is None:
            marker = "* " if other else "- "
        else:
            marker = f"{min(number + position, _MAX_ITEM_NUMBER)}{')' if other else '.'} "
        yield from _indented(marker, _tight_lines(item) if not loose else _lines(item))


def _is_loose(item: Sequence[Block]) -> bool:
    """Returns whether an item has more than a paragraph and a list below it."""
    return len(item) > 2 or any(not isinstance(block, Items) for block in item[1:])


def _tight_lines(item: Sequence[Block]) -> Iterator[str]:
    for block in item:
        yield from _block_lines(block, other=False)


def _indented(marker: str, lines: Iterable[str]) -> Iterator[str]:
    """Yields lines with a marker before the first one, and the others below its text."""
    lead = marker
    for line in lines:
        yield lead + line if line else ""
        lead = " " * len(marker)


def _definition_lines(
    entries: Sequence[tuple[str, tuple[tuple[Block, ...], ...]]],
) -> Iterator[str]:
    for position, (term, definitions) in enumerate(entries):
        if position:
            yield ""
        yield term
        for definition in definitions:
            yield from _indented(":   ", _lines(definition))


def _table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yields the rows of a table; Markdown drops cells beyond those of the header."""
    width = max(len(row) for row in rows)
    header = [*rows[0], *[""] * (width - len(rows[0]))]
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * width}"
    for row in rows[1:]:
        yield f"| {' | '.join(row)} |"
