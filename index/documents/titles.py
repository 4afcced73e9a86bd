"""The title of an article, and where the text below it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.fields import MAX_TITLE_CHARS
from index.documents.headline import find_headline, head_lines, is_headline
from index.documents.structure import BlockKind
from index.documents.visible import visible_text

if TYPE_CHECKING:
    from index.documents.formats.contents import Contents
    from index.documents.structure import Block, Structure

# Of a bold line that stands for a heading; see `Block.level`.
_BOLD_LINE = 7


@dataclass(frozen=True, slots=True)
class Title:
    """A title that was found.

    Attributes:
        text: The title as people see it; None if there is none.
        below: The lines below it, down to which a date may stand.
    """

    text: str | None = None
    below: tuple[str, ...] = ()


def find_title(contents: Contents, stated: str | None) -> Title:
    """Finds the title of an article.

    The heading of level 1 that a document begins with wins over what its metadata states, and that
    over other headings: below a title in front matter the first heading is often that of a section.

    Args:
        contents: What the reader of the file's format found.
        stated: The title that the file's metadata states.
    """
    if contents.structure is None:
        return _title_of_lines(contents, stated)
    heading = _first_heading(contents.text, contents.structure)
    words = _visible(contents.text, contents.structure, heading) if heading else None
    if heading and (not stated or (heading.level == 1 and heading is contents.structure.blocks[0])):
        return Title(words, _lines(contents.text, heading.end))
    if stated:
        return Title(stated, _lines(contents.text, contents.body))
    return _title_of_first_line(contents.text, contents.structure)


def _title_of_lines(contents: Contents, stated: str | None) -> Title:
    lines = head_lines(contents.text, contents.body)
    position, headline = find_headline(lines) or (-1, None)
    below = tuple(line.text for line in lines[position + 1 :])
    return Title(stated or headline, below if stated or headline else ())


def _first_heading(text: str, structure: Structure) -> Block | None:
    """Returns the first heading with words; a bold line only where there is no real heading."""
    headings = [block for block in structure.blocks if block.kind is BlockKind.HEADING]
    real = [block for block in headings if block.level < _BOLD_LINE]
    with_words = (each for each in real or headings if _visible(text, structure, each))
    return next(with_words, None)


def _title_of_first_line(text: str, structure: Structure) -> Title:
    """Returns the first line, where it looks like a headline and is a paragraph of its own."""
    first = structure.blocks[0] if structure.blocks else None
    if first is None or first.kind is not BlockKind.PARAGRAPH:
        return Title()
    words = _visible(text, structure, first)
    if words is None or "\n" in text[first.start : first.end] or not is_headline(words):
        return Title()
    return Title(words, _lines(text, first.end))


def _lines(text: str, start: int) -> tuple[str, ...]:
    return tuple(line.text for line in head_lines(text, start))


def _visible(text: str, structure: Structure, block: Block) -> str | None:
    """Returns the words of a block as people see them, on one line; None if it is no title."""
    words = " ".join(visible_text(text, structure, block.start, block.end).split())
    return words if 0 < len(words) <= MAX_TITLE_CHARS else None
