"""What a reader sees of the inline content of a block, and how it looks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from index.documents.markdown.lines import seen_characters
from index.documents.markdown.parser import parse_inline
from index.documents.structure import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt

    from index.documents.markdown.parser import InlineNotes
    from index.documents.structure import Range

# Marks of site generators and note programs, which CommonMark takes for text: shortcodes of Hugo,
# Liquid and Jinja, expressions and components of MDX, attributes in braces, tables of contents,
# links of wikis, highlighted text, footnotes inside a line, names of alerts. Each hides its groups,
# or the whole match without groups. No shortcode is longer than 1,000 characters.
_FOREIGN = re.compile(
    r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{/\*.{0,1000}?\*/\}|</?(?-i:[A-Z])[\w.]*(?:\s[^<>]*)?/?>"
    r"|\{:?\s*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"{}]*\"|[\w-]+))(?:\s[^{}]*)?\}"
    r"|^\[TOC\]$|^\[\[_?TOC_?\]\]$|^\[![A-Za-z]+\][+-]?"
    r"|(!?\[\[(?:[^\[\]|]*\|)?)[^\[\]|]+(\]\])|(==)[^=\s](?:[^=]*[^=\s])?(==)|(\^\[)[^\[\]]+(\])",
    re.DOTALL | re.IGNORECASE,
)
_TICKS = re.compile("`+")
_STRUCK_TAG = re.compile(r"<(/?)(?:del|s|strike)\b[^<>]*>", re.IGNORECASE)
# Of what these rules find, nothing is seen.
_WHOLE = frozenset(("html_inline", "footnote_ref"))
_DELIMITED = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS}


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A stretch of inline content that looks different.

    Attributes:
        kind: How it looks.
        start: Where it begins.
        end: Its end, not included.
        target: Of a link where its address stands; None where a definition holds it.
        reference: Of a link the name of the definition that holds its address.
    """

    kind: MarkKind
    start: int
    end: int
    target: Range | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class InlineText:
    """What there is to see in inline content; all places count from its beginning.

    Attributes:
        seen: For each character whether a reader sees it.
        entities: What stands for another character, in order.
        marks: How visible text looks.
        only_images: Whether nothing but images, linked or not, is to be seen.
    """

    seen: list[bool]
    entities: tuple[Range, ...]
    marks: tuple[InlineMark, ...]
    only_images: bool = False


def read_inline(
    parser: MarkdownIt, content: str, environment: MutableMapping[str, Any]
) -> InlineText:
    """Reads the inline content of a block; see `index.documents.markdown.parser.parse_inline`."""
    notes = parse_inline(parser, content, environment)
    code = [(note.start, note.end) for note in notes.found if note.rule == "backticks"]
    hidden = [*_hidden(notes), *_struck(content), *_foreign(content, code)]
    delimited = list(_delimited(notes))
    hidden += [(start, end) for kind, start, end in delimited if kind == "s"]
    marks = [
        InlineMark(_DELIMITED[kind], start, end)
        for kind, start, end in delimited
        if kind in _DELIMITED
    ]
    return InlineText(
        seen_characters(len(content), hidden),
        tuple((note.start, note.end) for note in notes.found if note.rule == "entity"),
        (*marks, *_marks(notes, content)),
        _has_only_images(notes),
    )


def _hidden(notes: InlineNotes) -> Iterator[Range]:
    """Yields the ranges of markup in CommonMark."""
    for delimiter in notes.delimiters:
        yield delimiter.start, delimiter.end
    for note in notes.found:
        first, last = note.start, note.end
        if note.rule in {"link", "image"}:
            yield first, first + (2 if note.rule == "image" else 1)
            yield note.label_end, last
        elif note.rule in _WHOLE:
            yield first, last
        elif note.rule in {"backticks", "autolink", "escape"}:
            signs = _ticks(notes.content, first) if note.rule == "backticks" else 1
            yield first, first + signs
            if note.rule != "escape":
                yield last - signs, last


def _struck(content: str) -> Iterator[Range]:
    """Yields what stands between tags that strike it through."""
    opened: list[int] = []
    for found in _STRUCK_TAG.finditer(content):
        if not found[1]:
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            if not opened:
                yield start, found.end()


def _foreign(content: str, code: list[Range]) -> Iterator[Range]:
    """Yields the marks that CommonMark does not know; code is left alone."""
    for found in _FOREIGN.finditer(content):
        before = bisect_right(code, found.start(), key=lambda each: each[0]) - 1
        if before >= 0 and found.start() < code[before][1]:
            continue
        groups = [found.span(group) for group in range(1, _FOREIGN.groups + 1) if found[group]]
        yield from groups or [found.span()]


def _delimited(notes: InlineNotes) -> Iterator[tuple[str, int, int]]:
    """Yields (kind, start, end) of emphasised and struck-through text, without its marks."""
    opened: list[tuple[str, int]] = []
    for delimiter in notes.delimiters:
        kind, _, side = delimiter.kind.partition("_")
        if side == "open":
            opened.append((kind, delimiter.end))
        elif side == "close" and opened:
            kind, start = opened.pop()
            yield kind, start, delimiter.start


def _marks(notes: InlineNotes, content: str) -> Iterator[InlineMark]:
    for note in notes.found:
        if note.rule == "backticks":
            ticks = _ticks(content, note.start)
            yield InlineMark(MarkKind.CODE, note.start + ticks, note.end - ticks)
        elif note.rule == "link":
            label = (note.start + 1, note.label_end)
            yield InlineMark(MarkKind.LINK, *label, note.target, note.reference)
        elif note.rule == "autolink":
            address = (note.start + 1, note.end - 1)
            yield InlineMark(MarkKind.LINK, *address, address)


def _has_only_images(notes: InlineNotes) -> bool:
    content = notes.content
    images = [(note.start, note.end) for note in notes.found if note.rule in {"image", "link"}]
    if not any(note.rule == "image" for note in notes.found):
        # The label of a link is parsed by itself, with its images in it.
        images = [each for each in images if content.startswith("![", each[0] + 1)]
    rest = compress(content, seen_characters(len(content), images))
    return bool(images) and not "".join(rest).strip()


def _ticks(content: str, start: int) -> int:
    """Returns how many backticks stand at a place."""
    found = _TICKS.match(content, start)
    return len(found[0]) if found else 0
