"""AsciiDoc (.adoc): headings, lists, tables, blocks and links, read line by line.

Conditions, macros of extensions and included files are not worked out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.documents.fields import usable
from index.documents.formats.asciidoc_tables import write_asciidoc_table
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.line_markup import (
    CODE,
    LINK,
    MAX_DEPTH,
    PLAIN,
    STRONG,
    Positions,
    split_lines,
    write_inline,
)
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    join_blocks,
    strong,
    write_code,
    write_heading,
    write_item,
    write_quotation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXTRACTOR = "clipping adoc 1"
_HEADING = re.compile(r"^(={1,6}|#{1,6})[ \t]+(\S.*)$")
_ATTRIBUTE = re.compile(r"^:(!?[\w-]+!?):(?:[ \t]+(\S.*)?)?$")
_REFERENCE = re.compile(r"\{([\w-]+)\}")
_FENCE = re.compile(r"^(-{4,}|\.{4,}|={4,}|_{4,}|\*{4,}|\+{4,}|/{4,}|--|```\w*|[|,:!]===)[ \t]*$")
_STYLE = re.compile(r"^\[([^\]]*)\][ \t]*$")
_BLOCK_TITLE = re.compile(r"^\.([^\s.].*)$")
_ITEM = re.compile(
    r"^[ \t]*(\*{1,5}|-|\.{1,5}|\d{1,4}\.|<\d+>|<\.>)[ \t]+(?:\[[ x*]\][ \t]+)?(\S.*)$"
)
_TERM = re.compile(r"^[ \t]*(\S.{0,200}?)(?:::|;;)(?:[ \t]+(\S.*)?)?$")
_SILENT = re.compile(
    r"^(?://(?!/).*|(?:image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::?\S{0,500}\[.*\]"
    r"|<<<|'''|---|\+)[ \t]*$"
)
_ADMONITION = re.compile(r"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION)(?::[ \t]+|$)")
_TARGET = r"[^\s\[\]]{1,500}"
_WORDS = r"(?P<text>[^\]\n,^]{1,300})(?:[,^][^\]\n]{0,100})?\]"
_INLINE = (
    (re.compile(r"(?<!`)`\+?(?P<text>[^`\n]{1,300}?)\+?`(?!`)"), CODE),
    (re.compile(rf"(?:link:|xref:)?(?P<target>https?://[^\s\[\]<>]{{1,500}})\[{_WORDS}"), LINK),
    (re.compile(r"(?P<target>https?://[^\s\[\]<>]{1,500})\[\]"), LINK),
    (re.compile(rf"(?:link|xref|mailto):{_TARGET}\[{_WORDS}"), PLAIN),
    (re.compile(r"<<[^>,\n]{1,200},(?P<text>[^>\n]{1,200})>>"), PLAIN),
    (re.compile(r"<<(?P<text>[^>,\n]{1,200})>>"), PLAIN),
    (re.compile(rf"\b(?:kbd|btn|menu|footnote|pass):[^\s\[\]]{{0,200}}\[{_WORDS}"), PLAIN),
    (re.compile(r"\[\[[^\]\[\n]{1,200}\]\](?P<text>)"), PLAIN),
    (
        re.compile(r"(?<![\w*])\*{1,2}(?P<text>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*{1,2}(?![\w*])"),
        STRONG,
    ),
    (re.compile(r"(?<![\w_])__?(?P<text>[^\s_](?:[^_\n]{0,300}[^\s_])?)__?(?![\w_])"), PLAIN),
)
_FIELDS = {
    "author": "author",
    "revdate": "published",
    "date": "published",
    "description": "description",
    "keywords": "tags",
    "page-tags": "tags",
}
_REVISION = re.compile(r"^(?:v?[\d.]+,[ \t]*)?(\d{4}-\d\d-\d\d)(?::.*)?$")
_AUTHOR = re.compile(r"^([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3})(?:[ \t]+<[^>]+>)?$")


def read_asciidoc(data: bytes) -> Contents:
    """Returns the contents of an AsciiDoc file.

    Raises:
        UnreadableError: It is no text, or holds none.
    """
    source, notes = decode(data)
    lines = split_lines(source, tab=4)
    stated, start = _header(lines)
    reader = _Reader({name: str(value) for name, value in stated.items()})
    text = join_blocks([*reader.blocks(lines[:1] if start else []), *reader.blocks(lines[start:])])
    if not re.search(r"\w", text):
        raise UnreadableError("it holds no text")
    fields = {_FIELDS[name]: value for name, value in stated.items() if name in _FIELDS}
    return from_markdown(text, usable(fields), extractor=EXTRACTOR, notes=notes)


def _header(lines: list[str]) -> tuple[dict[str, object], int]:
    """Returns what the lines below the title state, and where the text begins."""
    stated: dict[str, object] = {}
    if not lines or not lines[0].startswith("= "):
        return stated, 0
    for number, line in enumerate(lines[1:], 1):
        attribute, author, revision = (
            each.match(line) for each in (_ATTRIBUTE, _AUTHOR, _REVISION)
        )
        if attribute:
            stated[attribute[1]] = attribute[2] or ""
        elif revision:
            stated["revdate"] = revision[1]
        elif author and number == 1:
            stated["author"] = author[1]
        elif not line.startswith("//"):
            return stated, number
    return stated, len(lines)


class _Reader:
    """Goes through the lines of one document; it keeps the attributes that were set so far."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._attributes = dict(attributes)
        self._style = ""
        self._depth = 0  # how many blocks with marks above and below are open

    def blocks(self, lines: list[str]) -> Iterator[str]:
        """Yields the blocks that lines hold."""
        closing = Positions(line.rstrip() for line in lines)
        position = 0
        while position < len(lines):
            line = lines[position]
            fence = _FENCE.match(line)
            end = position
            if fence:
                mark = fence[1][:3] if fence[1].startswith("```") else fence[1]
                end = closing.after(position, mark) or len(lines)
                yield self._fenced(fence[1], lines[position + 1 : end])
            elif self._is_single(line):
                yield self._single(line)
            else:
                while end + 1 < len(lines) and self._goes_on(lines, end + 1):
                    end += 1
                yield self._run(lines[position : end + 1])
            position = end + 1

    def _is_single(self, line: str) -> bool:
        patterns = (_HEADING, _STYLE, _ATTRIBUTE, _SILENT, _BLOCK_TITLE)
        return not line.strip() or any(each.match(line) for each in patterns)

    def _goes_on(self, lines: list[str], position: int) -> bool:
        line = lines[position]
        return not (self._is_single(line) or _FENCE.match(line))

    def _single(self, line: str) -> str:
        """Reads a line that stands for itself."""
        heading, style, title = (each.match(line) for each in (_HEADING, _STYLE, _BLOCK_TITLE))
        attribute = _ATTRIBUTE.match(line)
        if heading:
            words = heading[2].rstrip().removesuffix(heading[1])
            return write_heading(len(heading[1]), self._inline(words))
        if style:
            self._style = style[1]
        elif attribute:
            self._attributes[attribute[1]] = attribute[2] or ""
        elif title:
            return strong(self._inline(title[1]))
        return ""

    def _fenced(self, mark: str, lines: list[str]) -> str:
        style, self._style = self._style, ""
        if mark.startswith(("////", "++++")):
            return ""
        if mark.startswith(("----", "....", "```")) or style.startswith("source"):
            language = mark[3:] if mark.startswith("```") else ""
            if style.startswith("source,"):
                language = style.split(",")[1].strip()
            return write_code("\n".join(lines), language)
        if mark.endswith("===") and mark[0] in "|,:!":
            return write_asciidoc_table(lines, mark[0], style, self._inline)
        self._depth += 1
        is_deep = self._depth > MAX_DEPTH
        inner = self._inline("\n".join(lines)) if is_deep else join_blocks(self.blocks(lines))
        self._depth -= 1
        label = _ADMONITION.match(style)
        if label and inner:
            return f"{strong(label[1].capitalize())}: {inner}"
        return write_quotation(inner) if mark.startswith("____") and inner else inner

    def _run(self, lines: list[str]) -> str:
        """Returns lines without an empty line between them: a list, or a paragraph."""
        style, self._style = self._style, ""
        if style.startswith("source"):
            return write_code("\n".join(lines), style.partition(",")[2])
        if any(_ITEM.match(line) or _TERM.match(line) for line in lines[:1]):
            return "\n".join(self._items(lines))
        text = "\n".join(line.strip().removesuffix(" +") for line in lines)
        label = _ADMONITION.match(text) or _ADMONITION.match(style)
        if label:
            text = text[label.end() :] if label.string == text else text
            return f"{strong(label[1].capitalize())}: {self._inline(text)}"
        written = self._inline(text)
        return write_quotation(written) if style.startswith("quote") else written

    def _items(self, lines: list[str]) -> Iterator[str]:
        items: list[tuple[str, str]] = []
        for line in lines:
            found, term = _ITEM.match(line), _TERM.match(line)
            if found:
                items.append((found[1], self._inline(found[2])))
            elif term:
                items.append(
                    (":", f"{strong(self._inline(term[1]))}: {self._inline(term[2] or '')}")
                )
            elif items:
                items[-1] = (items[-1][0], f"{items[-1][1].rstrip()} {self._inline(line.strip())}")
        marks: list[str] = []
        counts: dict[str, int] = {}
        for mark, words in items:
            depth = marks.index(mark) if mark in marks else len(marks)
            marks = [*marks[:depth], mark]
            counts = {key: value for key, value in counts.items() if key in marks}
            counts[mark] = counts.get(mark, 0) + 1
            number = mark if mark[0].isdigit() else f"{counts[mark]}."
            is_numbered = mark[0] in ".<" or mark[0].isdigit()
            yield write_item(number if is_numbered else "-", words, depth)

    def _inline(self, text: str) -> str:
        text = _REFERENCE.sub(lambda found: self._attributes.get(found[1].lower(), found[0]), text)
        return write_inline(text, _INLINE)
