"""The texts of the files that handbook_files.py makes, as blocks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
FOLDER = HERE / "handbook"
_MARKS = {"@ ": "part", "# ": "heading", "## ": "subheading", "- ": "item", "| ": "row"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a "paragraph", or what its mark says.

    Attributes:
        kind: "paragraph", "part", "heading", "subheading", "item", "step" or "row".
        text: The words, without the mark.
    """

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.strip(" |").split(" | ")]


@dataclass(frozen=True, slots=True)
class Source:
    """What one file is made from."""

    path: Path
    title: str
    author: str
    date: datetime.date
    blocks: tuple[Block, ...]

    @property
    def parts(self) -> Iterator[tuple[str, list[Block]]]:
        """The name and the blocks of each part: a slide, a chapter or a sheet."""
        starts = [at for at, block in enumerate(self.blocks) if block.kind == "part"]
        for start, end in zip(starts, [*starts[1:], len(self.blocks)], strict=True):
            yield self.blocks[start].text, list(self.blocks[start + 1 : end])


def read_block(line: str) -> Block:
    """Returns the block of one line."""
    if step := re.match(r"\d+\. (?=[A-Z].*\.$)", line):
        return Block("step", line[step.end() :])
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line[len(mark) :])
    return Block("paragraph", line)


def read_sources() -> Iterator[Source]:
    """Yields what stands in handbook_texts.toml."""
    for row in tomllib.loads((HERE / "handbook_texts.toml").read_text("utf-8"))["file"]:
        blocks = tuple(read_block(line) for line in row["text"].splitlines() if line.strip())
        yield Source(FOLDER / row["path"], row["title"], row["author"], row["date"], blocks)


def grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yields the rows, items or steps that stand together as one group, any other block alone."""
    group: list[Block] = []
    for block in blocks:
        if group and (block.kind != group[0].kind or block.kind not in ("row", "item", "step")):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def html_of(blocks: Sequence[Block]) -> str:
    """Returns the blocks as HTML."""
    tags = {"heading": "h1", "subheading": "h2", "paragraph": "p", "item": "li", "step": "li"}
    around = {"row": "table", "item": "ul", "step": "ol"}
    pieces = []
    for group in grouped(blocks):
        inner = "\n".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in block.cells) + "</tr>"
            if block.kind == "row"
            else f"<{tags[block.kind]}>{escape(block.text)}</{tags[block.kind]}>"
            for block in group
        )
        outer = around.get(group[0].kind)
        pieces.append(f"<{outer}>\n{inner}\n</{outer}>" if outer else inner)
    return "\n".join(pieces)
