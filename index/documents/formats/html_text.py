"""HTML inside of other formats, such as mail and books, as Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown_writer import join_blocks, one_line, write_heading, write_item

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *_HEADINGS,
    *"p div li ul ol dl dt dd tr table blockquote pre section article hr br".split(),
}
_UNSEEN = {"script", "style", "head", "template", "noscript"}


class _Blocks(HTMLParser):
    """Collects the blocks of a page: headings, items of lists, and all else as paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._words: list[str] = []
        self._tag = ""
        self._unseen = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        elif tag in {"td", "th"}:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.end_block()
            self._tag = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def end_block(self) -> None:
        """Writes what was collected since the last block."""
        text = escape_markdown(one_line("".join(self._words)))
        self._words = []
        if self._tag in _HEADINGS:
            text = write_heading(_HEADINGS[self._tag], text)
        elif self._tag == "li" and text:
            text = write_item("-", text)
        self.blocks.append(text)


def html_to_markdown(page: str) -> str:
    """Returns the words of a page as Markdown."""
    parser = _Blocks()
    parser.feed(page)
    parser.close()
    parser.end_block()
    return join_blocks(parser.blocks)
