"""What a reader sees of the inline content of a block, and how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.markdown.parser import parse_inline
from index.documents.structure import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from typing import Any

    from markdown_it import MarkdownIt

    from index.documents.markdown.parser import InlineNotes
    from index.documents.structure import Range

# Marks of site generators and note programs, which CommonMark takes for text: shortcodes of Hugo,
# Liquid and Jinja, expressions and components of MDX, attributes in braces, links of wikis,
# highlighted text, names of alerts. Each hides its groups, or the whole match without groups.
_FOREIGN = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{/\*.*?\*/\}|</?[A-Z][\w.]*(?:\s[^<>]*)?/?>"
    r"|\{:?\s*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+))(?:\s+[^{}]*)?\}"
    r"|(!?\[\[(?:[^\[\]|]*\|)?)[^\[\]|]+(\]\])|(==)[^=\s](?:[^=]*[^=\s])?(==)"
    r"|^\[![A-Za-z]+\][+-]?|^\[TOC\]$",
    re.DOTALL,
)
_STRUCK_TAGS = re.compile(r"<(del|s|strike)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# Of what these rules find, nothing is seen.
_WHOLE = frozenset(("html_inline", "footnote_ref"))
_DELIMITED = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS}


@dataclass(frozen=True, slots=True)
class InlineMark:
    """A stretch of inline content that looks different; `target` is the address of a link."""

    kind: MarkKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class InlineText:
    """What there is to see in inline content; all places count from its beginning.

    Attributes:
        hidden: What no reader sees; ranges may overlap and are in no order.
        entities: What stands for another character, in order.
        marks: How visible text looks.
        only_images: Whether nothing but images, linked or not, is to be seen.
    """

    hidden: tuple[Range, ...]
    entities: tuple[Range, ...]
    marks: tuple[InlineMark, ...]
    only_images: bool = False


def read_inline(
    parser: MarkdownIt, content: str, environment: MutableMapping[str, Any]
) -> InlineText:
    """Reads the inline content of a block; see `index.documents.markdown.parser.parse_inline`."""
    notes = parse_inline(parser, content, environment)
    code = [(note.start, note.end) for note in notes.found if note.rule == "backticks"]
    hidden = [*_hidden(notes), *_foreign(content, code)]
    delimited = list(_delimited(notes))
    hidden += [(start, end) for kind, start, end in delimited if kind == "s"]
    marks = [
        InlineMark(_DELIMITED[kind], start, end)
        for kind, start, end in delimited
        if kind in _DELIMITED
    ]
    return InlineText(
        tuple(hidden),
        tuple((note.start, note.end) for note in notes.found if note.rule == "entity"),
        (*marks, *_marks(notes, content)),
        _has_only_images(notes, content),
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
    yield from (found.span() for found in _STRUCK_TAGS.finditer(notes.content))


def _foreign(content: str, code: list[Range]) -> Iterator[Range]:
    """Yields the marks that CommonMark does not know; code is left alone."""
    for found in _FOREIGN.finditer(content):
        if any(start <= found.start() < end for start, end in code):
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
            yield InlineMark(MarkKind.LINK, note.start + 1, note.label_end, note.target)
        elif note.rule == "autolink":
            address = content[note.start + 1 : note.end - 1]
            yield InlineMark(MarkKind.LINK, note.start + 1, note.end - 1, address)


def _has_only_images(notes: InlineNotes, content: str) -> bool:
    images = [(note.start, note.end) for note in notes.found if note.rule in {"image", "link"}]
    if not any(note.rule == "image" for note in notes.found):
        # The label of a link is parsed by itself, with its images in it.
        images = [each for each in images if content[each[0] + 1 : each[0] + 3] == "!["]
    rest = list(content)
    for start, end in images:
        rest[start:end] = [" "] * (end - start)
    return bool(images) and not "".join(rest).strip()


def _ticks(content: str, start: int) -> int:
    return len(content) - start - len(content[start:].lstrip("`"))
