"""The parser of Markdown, with a note of where each piece of inline markup stands.

markdown-it gives blocks with their lines, and inline tokens without places. Each of its inline
rules is wrapped here by a function that notes where the rule began and ended. The rules themselves
are markdown-it's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from index.documents.markdown.containers import container_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from typing import Any

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from index.documents.structure import Range

    Rule = Callable[[StateInline, bool], bool]

# The rules that push one token for each delimiter, and decide later which of them are markup.
_DELIMITER_RULES = ("emphasis", "strikethrough")
_NOTES = "clipping_notes"
# How deep blocks may nest (a list is two levels; what stands deeper is dropped by the parser), and
# how deep inline markup may: what stands deeper is text.
_MAX_BLOCK_NESTING, _MAX_INLINE_NESTING = 100, 20


@dataclass(frozen=True, slots=True)
class InlineNote:
    """Where a piece of inline markup stands.

    Attributes:
        rule: The name of markdown-it's rule.
        start: Where it begins in the inline content.
        end: Its end, not included.
        label_end: Of a link or an image the place of the bracket that closes its label; else -1.
        target: Of a link where its address stands; None where that is in a reference definition.
        reference: Of a link the name of its reference definition; empty without one.
    """

    rule: str
    start: int
    end: int
    label_end: int = -1
    target: Range | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A run of signs that opens or closes emphasis.

    Attributes:
        kind: The type of the token: "em_open", "strong_close", "s_open", or "text" for the signs
            beside it that belong to the same strong emphasis.
        start: Where it begins in the inline content.
        end: Its end, not included.
    """

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class InlineNotes:
    """What was noted while one inline content was parsed.

    Attributes:
        content: The inline content.
        found: The pieces of markup, inner before outer.
        delimiters: The delimiters that are markup, in order.
    """

    content: str
    found: list[InlineNote] = field(default_factory=list)
    delimiters: list[Delimiter] = field(default_factory=list)
    pushed: list[tuple[Token, int, int]] = field(default_factory=list)


def make_parser() -> MarkdownIt:
    """Returns a parser of CommonMark with what sites and notes add to it.

    These are tables, struck-through text, footnotes, definitions and containers. Its `parse` leaves
    the inline content of blocks alone; `parse_inline` looks at it.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_BLOCK_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False).use(deflist_plugin).use(container_plugin)
    parser.core.ruler.disable(["inline", "text_join"])
    parser.core.ruler.disable(["footnote_tail"])
    ruler = parser.inline.ruler
    for rule in list(ruler.__rules__):
        ruler.at(rule.name, _noted(rule.name, rule.fn))
    parser.inline.ruler2.before("fragments_join", "clipping_delimiters", _note_delimiters)
    return parser


def parse_inline(
    parser: MarkdownIt, content: str, environment: MutableMapping[str, Any]
) -> InlineNotes:
    """Parses inline content and returns where its markup stands.

    Args:
        parser: What `make_parser` returned.
        content: The inline content of a block.
        environment: What the block parser found: reference definitions and footnotes.
    """
    notes = InlineNotes(content)
    environment[_NOTES] = notes
    parser.options["maxNesting"] = _MAX_INLINE_NESTING
    parser.inline.parse(content, parser, environment, [])
    return notes


def _noted(name: str, rule: Rule) -> Rule:
    """Returns a rule that does the same and notes where it matched."""

    def run(state: StateInline, silent: bool) -> bool:
        notes = state.env.get(_NOTES)
        start, first, pending = state.pos, len(state.tokens), bool(state.pending)
        matched = rule(state, silent)
        if matched and not silent and notes is not None and state.src is notes.content:
            if name in _DELIMITER_RULES:
                at = start
                for token in state.tokens[first + pending :]:
                    notes.pushed.append((token, at, at + len(token.content)))
                    at += len(token.content)
            else:
                notes.found.append(_note(name, state, start, state.tokens[first:]))
        return matched

    return run


def _note(name: str, state: StateInline, start: int, pushed: list[Token]) -> InlineNote:
    if name not in {"link", "image"}:
        kinds = {token.type for token in pushed}
        shown = "text" if name == "backticks" and "code_inline" not in kinds else name
        return InlineNote(shown, start, state.pos)
    opening = start + (name == "image")
    end = state.pos
    label_end: int = state.md.helpers.parseLinkLabel(state, opening, name == "link")
    state.pos = end
    after = state.src[label_end + 1 : min(label_end + 2, end)]
    if after == "(":
        return InlineNote(name, start, end, label_end, _address(state, label_end + 2))
    label = state.src[label_end + 2 : end - 1] if after == "[" else ""
    reference = normalizeReference(label or state.src[opening + 1 : label_end])
    return InlineNote(name, start, end, label_end, None, reference)


def _address(state: StateInline, at: int) -> Range | None:
    """Returns where the address of a link stands that begins behind its bracket."""
    while state.src[at : at + 1].isspace():
        at += 1
    found = state.md.helpers.parseLinkDestination(state.src, at, state.posMax)
    is_in_angles = state.src[at : at + 1] == "<"
    address = (at + is_in_angles, found.pos - is_in_angles)
    return address if found.ok and address[0] < address[1] else None


def _note_delimiters(state: StateInline) -> None:
    """Notes which delimiters became markup, before neighbouring texts are joined."""
    notes = state.env.get(_NOTES)
    if notes is None or state.src is not notes.content:
        return
    for token, start, end in notes.pushed:
        if token.type != "text" or not token.content:
            notes.delimiters.append(Delimiter(token.type, start, end))
