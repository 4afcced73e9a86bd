"""The parser of Markdown, with a note of where each piece of inline markup stands.

markdown-it gives blocks with their lines, and inline tokens without places. Each of its inline
rules is wrapped here by a function that notes where the rule began and ended. The rules themselves
are markdown-it's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping
    from typing import Any

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

# The rules that push one token for each delimiter, and decide later which of them are markup.
_DELIMITER_RULES = ("emphasis", "strikethrough")
_NOTES = "clipping_notes"


@dataclass(frozen=True, slots=True)
class InlineNote:
    """Where a piece of inline markup stands.

    Attributes:
        rule: The name of markdown-it's rule.
        start: Where it begins in the inline content.
        end: Its end, not included.
        label_end: Of a link or an image the place of the bracket that closes its label; else -1.
        target: Of a link its address; empty for other rules.
    """

    rule: str
    start: int
    end: int
    label_end: int = -1
    target: str = ""


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
    """Returns a parser of CommonMark with tables, struck-through text, footnotes and definitions.

    Its `parse` leaves the inline content of blocks alone; `parse_inline` looks at it.
    """
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
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
    kind, attribute = ("link_open", "href") if name == "link" else ("image", "src")
    target = next((token.attrGet(attribute) for token in pushed if token.type == kind), "")
    return InlineNote(name, start, end, label_end, str(target or ""))


def _note_delimiters(state: StateInline) -> None:
    """Notes which delimiters became markup, before neighbouring texts are joined."""
    notes = state.env.get(_NOTES)
    if notes is None or state.src is not notes.content:
        return
    for token, start, end in notes.pushed:
        if token.type != "text" or not token.content:
            notes.delimiters.append(Delimiter(token.type, start, end))
