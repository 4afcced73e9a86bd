"""The tree that docutils makes of reStructuredText, written as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from index.documents.formats.markdown_writer import (
    indent,
    join_blocks,
    one_line,
    strong,
    write_code,
    write_heading,
    write_item,
    write_quotation,
    write_table,
)
from index.documents.formats.restructured_inline import write_inline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SILENT = (
    nodes.system_message,
    nodes.comment,
    nodes.target,
    nodes.substitution_definition,
    nodes.raw,
    nodes.pending,
    nodes.image,
    nodes.transition,
    nodes.meta,
    nodes.decoration,
)


def write_document(document: nodes.document) -> str:
    """Returns a document as Markdown."""
    return _write_children(document, 0)


def _write_children(parent: nodes.Element, level: int) -> str:
    return join_blocks(_write(child, level) for child in parent.children)


def _write(node: nodes.Node, level: int) -> str:
    """Returns a block as Markdown; `level` counts the sections around it."""
    if isinstance(node, _SILENT) or _is_contents(node):
        return ""
    if isinstance(node, nodes.section):
        return _write_children(node, level + 1)
    for kind, write in _WRITERS.items():
        if isinstance(node, kind):
            return write(node, level)
    if isinstance(node, nodes.TextElement):
        return write_inline(node).strip()
    if isinstance(node, nodes.Element):
        return _write_children(node, level)
    return ""


def _is_contents(node: nodes.Node) -> bool:
    return isinstance(node, nodes.topic) and "contents" in node["classes"]


def _title(node: nodes.title, level: int) -> str:
    text = write_inline(node)
    if isinstance(node.parent, (nodes.section, nodes.document)):
        return write_heading(level, text)
    return strong(one_line(text))


def _code(node: nodes.literal_block, _level: int) -> str:
    classes = [name for name in node["classes"] if name != "code"]
    return write_code(node.astext(), node.get("language") or (classes[0] if classes else ""))


def _bullets(node: nodes.bullet_list, level: int) -> str:
    return _join_items(write_item("-", _item(item, level)) for item in node.children)


def _numbers(node: nodes.enumerated_list, level: int) -> str:
    first = node.get("start", 1)
    return _join_items(
        write_item(f"{first + number}.", _item(item, level))
        for number, item in enumerate(node.children)
    )


def _item(item: nodes.list_item, level: int) -> str:
    """Returns what an item says; a definition that is all of it makes no further list."""
    only = item.children[0] if len(item.children) == 1 else None
    if isinstance(only, nodes.definition_list) and len(only.children) == 1:
        return _definition(only.children[0], level)
    return _write_children(item, level)


def _join_items(items: Iterator[str]) -> str:
    """Returns items below each other, with empty lines between them if one has several blocks."""
    written = [item for item in items if item.strip(" -.0123456789")]
    return ("\n\n" if any("\n\n" in item for item in written) else "\n").join(written)


def _definitions(node: nodes.definition_list, level: int) -> str:
    return _join_items(write_item("-", _definition(item, level)) for item in node.children)


def _definition(item: nodes.definition_list_item, level: int) -> str:
    terms = [write_inline(each) for each in item.children if isinstance(each, nodes.term)]
    bodies = [each for each in item.children if isinstance(each, nodes.definition)]
    body = join_blocks(_write_children(each, level) for each in bodies)
    return f"{strong(one_line(', '.join(terms)))}: {body}"


def _options(node: nodes.option_list, level: int) -> str:
    items = []
    for item in node.children:
        options = ", ".join(f"`{each.astext()}`" for each in item.findall(nodes.option))
        body = join_blocks(_write_children(each, level) for each in item.findall(nodes.description))
        items.append(write_item("-", f"{options}: {body}"))
    return _join_items(iter(items))


def _field(node: nodes.field, level: int) -> str:
    name, body = node.children[0], _write_children(node.children[-1], level).strip()
    return f"{strong(write_inline(name))}: {body}" if body else ""


def _docinfo(node: nodes.docinfo, _level: int) -> str:
    return join_blocks(
        f"**{each.tagname.capitalize()}**: {one_line(write_inline(each))}"
        for each in node.children
        if isinstance(each, nodes.TextElement)
    )


def _admonition(node: nodes.Admonition, level: int) -> str:
    """Returns a note with its name in front of its first words."""
    body = _write_children(node, level)
    if isinstance(node, nodes.admonition) or not body:
        return body
    return f"**{node.tagname.capitalize()}**: {body}"


def _lines(node: nodes.line_block, _level: int) -> str:
    lines = [write_inline(each) for each in node.findall(nodes.line)]
    return "\\\n".join(line for line in lines if line.strip())


def _quotation(node: nodes.block_quote, level: int) -> str:
    """Returns a quotation; what merely is indented, such as a list, is none."""
    body = _write_children(node, level)
    is_quote = all(isinstance(each, (nodes.paragraph, nodes.attribution)) for each in node.children)
    return write_quotation(body) if is_quote and body else body


def _note(node: nodes.Element, level: int) -> str:
    label = node.children[0].astext() if node.children else ""
    body = join_blocks(_write(each, level) for each in node.children[1:])
    return f"[^{label}]: {indent(body.strip(), '    ').lstrip()}" if body else ""


def _table(node: nodes.table, _level: int) -> str:
    captions = [write_inline(each) for each in node.children if isinstance(each, nodes.title)]
    rows = [list(_cells(row)) for row in node.findall(nodes.row)]
    return join_blocks([*captions, write_table(rows)])


def _cells(row: nodes.row) -> Iterator[str]:
    for entry in row.children:
        blocks = re.sub(r"\n\n+", " ", _write_children(entry, 0).strip())
        yield re.sub(r"(?m)^```.*\n?|^[ ]*- ", "", blocks)
        yield from [""] * entry.get("morecols", 0)


_WRITERS: dict[type | tuple[type, ...], Callable[..., str]] = {
    nodes.title: _title,
    nodes.rubric: lambda node, _level: strong(one_line(write_inline(node))),
    (nodes.literal_block, nodes.doctest_block, nodes.math_block): _code,
    nodes.bullet_list: _bullets,
    nodes.enumerated_list: _numbers,
    nodes.definition_list: _definitions,
    nodes.option_list: _options,
    nodes.field: _field,
    nodes.docinfo: _docinfo,
    nodes.Admonition: _admonition,
    nodes.line_block: _lines,
    nodes.block_quote: _quotation,
    (nodes.footnote, nodes.citation): _note,
    nodes.table: _table,
}
