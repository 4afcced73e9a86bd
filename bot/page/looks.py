"""How the letters of a stretch of an article look: bold, italic, code, or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.page.links import web_address
from index.documents.outline import blocks_in
from index.documents.structure import BlockKind, MarkKind

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.structure import Mark, Range

# The article's own bold is shown in italics: bold is for the words that answer, and for them alone.
_ITALIC = frozenset((MarkKind.EMPHASIS, MarkKind.STRONG))


class Looks:
    """Answers how a letter looks.

    Attributes:
        edges: The places where the look may change.
    """

    def __init__(self, article: Article, bold: Range | None, start: int, end: int) -> None:
        """Looks up what there is in one stretch.

        Args:
            article: The article.
            bold: What is bold in it.
            start: Where the stretch begins.
            end: Its end, not included.
        """
        self._text = article.text
        self._bold = bold or (0, 0)
        structure = article.structure
        marks = () if structure is None else structure.marks
        blocks = () if structure is None else blocks_in(structure, start, end)
        self._marks = [mark for mark in marks if mark.start < end and mark.end > start]
        self._code = [(each.start, each.end) for each in blocks if each.kind is BlockKind.CODE]
        self._urls = {mark: web_address(article, mark) for mark in self._marks}
        ranges = [(mark.start, mark.end) for mark in self._marks]
        self.edges = {edge for each in (self._bold, *ranges, *self._code) for edge in each}

    def is_bold(self, place: int) -> bool:
        """Returns whether a letter is one of those that decide; none in a block of code is."""
        return self._bold[0] <= place < self._bold[1] and not self.in_code_block(place)

    def is_italic(self, place: int) -> bool:
        """Returns whether the article itself has a letter in italics or in bold."""
        return any(mark.kind in _ITALIC for mark in self._marks_at(place))

    def is_code(self, place: int) -> bool:
        """Returns whether a letter stands in code inside a line."""
        return any(mark.kind is MarkKind.CODE for mark in self._marks_at(place))

    def url(self, place: int) -> str | None:
        """Returns where a letter leads; None where it leads nowhere on the web."""
        return next((url for mark in self._marks_at(place) if (url := self._urls[mark])), None)

    def in_code_block(self, place: int) -> bool:
        """Returns whether a letter stands in a block of code."""
        return any(start <= place < end for start, end in self._code)

    def in_one_code_block(self, place: int, other: int) -> bool:
        """Returns whether two letters stand in the same block of code."""
        return any(start <= place < end and start <= other < end for start, end in self._code)

    def _marks_at(self, place: int) -> list[Mark]:
        return [mark for mark in self._marks if mark.start <= place < mark.end]
