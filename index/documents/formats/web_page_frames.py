"""The elements of a web page that hold blocks: lists, quotations, definitions and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.documents.formats.markdown_blocks import (
    Block,
    Definitions,
    Heading,
    Items,
    Paragraph,
    Quotation,
)
from index.documents.formats.web_page_tables import Row, lay_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.documents.formats.web_page_parts import Element

# The parts of lists, which hold blocks too.
PARTS = frozenset({"li", "dt", "dd"})


@dataclass(slots=True)
class Frame:
    """An open element that holds blocks.

    Attributes:
        element: The element; None for the page itself.
        kind: Its tag; "ul" and "ol" for lists.
        blocks: The blocks in it so far.
        items: Of a list, the blocks of each item.
        entries: Of definitions, each term with the blocks of each definition.
        rows: Of a table, its rows.
    """

    element: Element | None
    kind: str
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    entries: list[tuple[str, list[tuple[Block, ...]]]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def close_part(frame: Frame, above: Frame) -> None:
    """Gives an item, a term or a definition to the list that it stands in."""
    blocks = tuple(frame.blocks)
    if not blocks:
        return
    if frame.kind == "li":
        above.items.append(blocks)
    elif frame.kind == "dt":
        words = [block.text for block in blocks if isinstance(block, Paragraph | Heading)]
        others = tuple(block for block in blocks if not isinstance(block, Paragraph | Heading))
        above.entries.append((" ".join(" ".join(words).split()), [others] if others else []))
    elif above.entries:
        above.entries[-1][1].append(blocks)
    else:
        above.blocks.extend(blocks)


def _close_list(frame: Frame) -> list[Block]:
    if not frame.items:
        return []
    if frame.kind == "ul" or frame.element is None:
        return [Items(tuple(frame.items))]
    start = frame.element.get("start", "1")
    is_number = start.isascii() and start.isdigit() and len(start) < 9
    return [Items(tuple(frame.items), int(start) if is_number else 1)]


def _close_definitions(frame: Frame) -> list[Block]:
    """Returns what stood before the first term, the definitions, and terms without any."""
    entries: list[tuple[str, tuple[tuple[Block, ...], ...]]] = []
    waiting: list[str] = []  # terms that share the definitions of the next one
    for term, definitions in frame.entries:
        waiting.append(term)
        if definitions:
            entries.append((", ".join(filter(None, waiting)) or "\\-", tuple(definitions)))
            waiting = []
    defined = [Definitions(tuple(entries))] if entries else []
    return [*frame.blocks, *defined, *(Paragraph(term) for term in waiting if term)]


def _close_quotation(frame: Frame) -> list[Block]:
    return [Quotation(tuple(frame.blocks))] if frame.blocks else []


def _close_table(frame: Frame) -> list[Block]:
    """Returns the caption of a table, and the table."""
    table = lay_out(frame.rows)
    return [*frame.blocks, table] if table is not None else frame.blocks


_CLOSERS: Mapping[str, Callable[[Frame], list[Block]]] = {
    "ul": _close_list,
    "ol": _close_list,
    "dl": _close_definitions,
    "blockquote": _close_quotation,
    "table": _close_table,
}


def close_frame(frame: Frame) -> list[Block]:
    """Returns a list, a quotation, definitions or a table as blocks."""
    return _CLOSERS[frame.kind](frame)
