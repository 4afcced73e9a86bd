"""Containers, which site generators add to Markdown: notes, tabs, and the programs of MDX.

MkDocs writes `!!! note "A title"` or `=== "A tab"`, and indents by four blanks what belongs to it.
Docusaurus, MyST and others write `:::note A title`, and end it with the next `:::`. MDX holds
programs, such as `import Tabs from "…"`, of which nothing is seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock

_INDENTED = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]++[\w -]*(?:\"(?P<title>[^\"]*)\")?[ \t]*"
    r"|===[!+]*[ \t]+\"(?P<tab>[^\"]*)\"[ \t]*"
)
_FENCE = re.compile(
    r":{3,}[ \t]*+(?:\{[^{}]*\}|[\w-]+)?"
    r"(?:\[(?P<title>[^\[\]]*)\]|[ \t]++(?!\{)(?P<rest>[^{}\[\]]*))?[ \t]*(?:\{[^{}]*\}[ \t]*)?"
)
_PROGRAM = re.compile(
    r"import[ \t](?:[^'\"]*[ \t}]from[ \t]+)?['\"][^'\"\n]+['\"][ \t]*+;?[ \t]*$"
    r"|import[ \t]*+(?:[\w*$ \t,]+,[ \t]*)?\{[^{};'\"]*$|import[ \t]+[\w$]+,?[ \t]*$"
    r"|export[ \t]+(?:const|let|var|function|class|async)[ \t]+[\w$]|export[ \t]+\{"
    r"|export[ \t]+default[ \t]+(?:[({\[]|(?:async|class|function)\b)"
    r"|export[ \t]+default[ \t]+[\w$]++[ \t]*+(?:[({]|;?[ \t]*$)"
)
_INDENT = 4  # blanks


def container_plugin(parser: MarkdownIt) -> None:
    """Adds the rules to a parser.

    The tokens are "container_open", on whose line the title stands, and "container_close".
    """
    ruler = parser.block.ruler
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler.before("fence", "clipping_indented", _indented, interrupts)
    ruler.before("fence", "clipping_fence", _fence, interrupts)
    ruler.before("fence", "clipping_program", _program)


def title_range(line: str) -> tuple[int, int] | None:
    """Returns where the title stands in the line that opens a container; None without a title."""
    start = len(line) - len(line.lstrip())
    found = _INDENTED.match(line, start) or _FENCE.match(line, start)
    if found is None:
        return None
    name = next((name for name in found.groupdict() if (found[name] or "").strip()), None)
    # An address stands behind the name of a picture or of another file.
    if name is None or ("." in found[name] and " " not in found[name].strip()):
        return None
    return found.span(name)


def _line(state: StateBlock, row: int) -> str:
    return state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]]


def _indented(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Parses a container whose content is indented."""
    if state.is_code_block(first) or not _INDENTED.fullmatch(_line(state, first)):
        return False
    if silent:
        return True
    indent = state.sCount[first] + _INDENT
    end = first + 1
    while end < last and (state.isEmpty(end) or state.sCount[end] >= indent):
        end += 1
    token = state.push("container_open", "", 1)
    token.map = [first, end]
    before = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "container", end, indent
    state.md.block.tokenize(state, first + 1, end)
    state.parentType, state.lineMax, state.blkIndent = before
    state.push("container_close", "", -1)
    state.line = end
    return True


def _fence(state: StateBlock, first: int, last: int, silent: bool) -> bool:  # noqa: ARG001 — markdown-it's signature
    """Parses the line that opens or closes a container."""
    line = _line(state, first)
    if state.is_code_block(first) or not _FENCE.fullmatch(line):
        return False
    if silent:
        return True
    is_closing = not line.strip(": \t")
    token = state.push("container_close" if is_closing else "container_open", "", 0)
    token.map = [first, first + 1]
    state.line = first + 1
    return True


def _program(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Parses a statement of a program, to its end or to the next empty line."""
    line = _line(state, first)
    if state.sCount[first] or state.level or not _PROGRAM.match(line):
        return False
    if silent:
        return True
    ends = re.compile(r"['\"][ \t]*;?[ \t]*$" if line.startswith("import") else r"[}\])]+;?[ \t]*$")
    end = first
    while end < last and not state.isEmpty(end):
        end += 1
        row = _line(state, end - 1)
        at_margin = not state.sCount[end - 1]
        if at_margin and (ends.search(row) if line.startswith("import") else ends.fullmatch(row)):
            break
    state.line = end
    return True
