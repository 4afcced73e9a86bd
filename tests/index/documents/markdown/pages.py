"""What a page looks like, in short."""

from __future__ import annotations

from index.documents.markdown.finder import find_structure
from index.documents.visible import visible_text


def blocks(text: str) -> list[tuple[str, str]]:
    """The kind of each block of a page, and what is seen of it on one line."""
    structure = find_structure(text)
    return [
        (block.kind.value, " ".join(visible_text(text, structure, block.start, block.end).split()))
        for block in structure.blocks
    ]


def seen(text: str) -> str:
    """What is seen of a page with one block, on one line."""
    return " / ".join(shown for _, shown in blocks(text))


def headings(text: str) -> dict[str, list[str]]:
    """The path of headings of each block that is none, by what is seen of the block."""
    structure = find_structure(text)
    shown = [words for _, words in blocks(text)]
    return {
        shown[at]: [shown[row] for row in structure.headings_of(at)]
        for at, block in enumerate(structure.blocks)
        if block.kind.value != "heading"
    }


def owners(text: str) -> dict[str, str | None]:
    """What each block belongs to, by what is seen of both."""
    structure = find_structure(text)
    shown = [words for _, words in blocks(text)]
    return {
        shown[at]: None if block.owner is None else shown[block.owner]
        for at, block in enumerate(structure.blocks)
    }


def marks(text: str) -> list[tuple[str, str, str | None]]:
    """How the text of a page looks: kind, text, and the address of a link."""
    return [
        (mark.kind.value, text[mark.start : mark.end], mark.target and text[slice(*mark.target)])
        for mark in find_structure(text).marks
    ]
