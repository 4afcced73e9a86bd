"""The words of a paragraph of reStructuredText, written as Markdown."""

from __future__ import annotations

import re

from docutils import nodes

from index.documents.formats.escaping import escape_markdown
from index.documents.formats.markdown_writer import code_span, escape_inside, link, strong

# What stands in the source where a link leads to a name that no line of the file explains.
_UNRESOLVED = re.compile(r"`([^`<]{1,300}?)\s{0,9}(?:<[^<>`]{0,500}>)?`__?|(\w[\w.-]*?)__?")


def write_inline(parent: nodes.Element) -> str:
    """Returns what stands inside of a paragraph, a heading or the like."""
    return "".join(_write(child) for child in parent.children)


def _write(node: nodes.Node) -> str:
    if isinstance(node, nodes.Text):
        is_first = node.parent is None or node.parent.children[0] is node
        return (escape_markdown if is_first else escape_inside)(node.astext())
    if isinstance(node, (nodes.literal, nodes.math)):
        return code_span(node.astext())
    if isinstance(node, (nodes.footnote_reference, nodes.citation_reference)):
        return f"[^{node.astext()}]"
    if isinstance(node, (nodes.image, nodes.system_message, nodes.raw, nodes.target)):
        return write_inline(node) if isinstance(node, nodes.target) else ""
    if isinstance(node, nodes.problematic):
        return _unresolved(node.astext())
    return _marked(node)


def _marked(node: nodes.Element) -> str:
    text = write_inline(node)
    if isinstance(node, nodes.strong):
        return strong(text)
    if isinstance(node, nodes.reference):
        return link(text, node.get("refuri"))
    if isinstance(node, nodes.inline) and node.get("label"):
        return escape_markdown(_label(node))
    return text


def _unresolved(text: str) -> str:
    found = _UNRESOLVED.fullmatch(text.strip())
    return escape_markdown((found[1] or found[2]) if found else text)


def _label(node: nodes.inline) -> str:
    """Returns what a reference is called: the heading it leads to, where that is in the file."""
    label, document = str(node["label"]).lstrip("!~"), node.document
    place = document.ids.get(document.nameids.get(label.lower()) or "") if document else None
    title = place.next_node(nodes.title) if place is not None else None
    if node["role"] == "term":
        return label
    if title is not None:
        return str(title.astext())
    name = label.rsplit("/", 1)[-1] if node["role"] == "doc" else label
    return name.replace("-", " ").replace("_", " ")
