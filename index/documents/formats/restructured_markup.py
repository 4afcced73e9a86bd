"""The directives and roles that reStructuredText has only in Sphinx: their text is not lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import Reporter, new_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DIRECTIVE = re.compile(
    r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w:.+-]*)::(?=\s|$)", re.M
)
_ROLE = re.compile(r":([A-Za-z][\w:.+-]{0,60}):(?=`)|(?<=`):([A-Za-z][\w:.+-]{0,60}):")
_FIRST_LINE = re.compile(r"[^\n]*?::[ \t]*(\S[^\n]*)?")
_WITH_TARGET = re.compile(r"(?P<text>.{1,500}?)\s{0,9}<(?P<target>[^<>]{1,500})>", re.DOTALL)

# What prints nothing on the page, or only what stands in other files.
_SILENT = set(
    """toctree index highlight module currentmodule py:module py:currentmodule literalinclude
    program sectionauthor codeauthor moduleauthor default-domain tabularcolumns youtube graphviz
    autosummary automodule autoclass autofunction automethod plot audit-event""".split()
)
_CODE = set(
    """productionlist prompt console doctest testcode testoutput ipython code-cell mermaid
    uml command-output""".split()
)
# What describes a part of a program: its names stand in the argument, a line each.
_SIGNATURES = re.compile(
    r"(?:\w+:)?(?:auto)?(?:(?:class|static|abstract)?method|function|class|attribute|property|data"
    r"|exception|decorator(?:method)?|option|cmdoption|describe|object|confval|envvar|macro|type"
    r"|member|var|struct|enum|enumerator|union|opcode|directive|role|setting|pdbcommand|method)"
)
_LEAD_INS = {
    "seealso": "See also",
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
    "deprecated-removed": "Deprecated since version",
    "soft-deprecated": "Soft deprecated since version",
    "availability": "Availability",
    "impl-detail": "CPython implementation detail",
    "todo": "To do",
}
_CODE_ROLES = re.compile(
    r"(?:(?:py|c|cpp|js|rst):)?(?:func|function|mod|module|class|meth|attr|data|const|exc|obj|type"
    r"|macro|member|file|samp|program|option|command|envvar|keyword|opcode|source|cpy-file|literal"
    r"|code|dir|role|struct|makevar|regexp|token|cmdoption|var|expr|decorator|deco|any)"
)


def register_fallbacks(text: str) -> None:
    """Registers what the parser does not know of a text: directives, their options, and roles."""
    document = new_document("")
    document.reporter = Reporter("", 5, 5)
    for found in _DIRECTIVE.finditer(text):
        name = found[1].lower()
        known, _messages = directives.directive(name, _NO_LANGUAGE, document)
        if known is None:
            directives.register_directive(name, _Fallback)
        elif (spec := _options(known)) and not isinstance(spec, _AnyOption):
            # Sphinx gives further options to directives that the parser knows.
            options = {"option_spec": _AnyOption(spec)}
            directives.register_directive(name, type("Tolerant", (known,), options))
    for found in _ROLE.finditer(text):
        name = (found[1] or found[2]).lower()
        known, _messages = roles.role(name, _NO_LANGUAGE, 0, document.reporter)
        if known is None:
            roles.register_local_role(name, _role)


class _NoLanguage:
    """A language in which no directive and no role has a name of its own: English is used."""

    __name__ = "none"
    directives: ClassVar[dict[str, str]] = {}
    roles: ClassVar[dict[str, str]] = {}


_NO_LANGUAGE = _NoLanguage()


class _AnyOption(dict[str, Any]):
    """Options of every name, kept as they are written."""

    def __missing__(self, _name: str) -> Callable[[str], str]:
        return directives.unchanged  # type: ignore[no-any-return]  # the library has no types


def _options(directive: object) -> Mapping[str, Any]:
    return getattr(directive, "option_spec", None) or {}


class _Fallback(Directive):  # type: ignore[misc]  # the library has no types
    """A directive of which nothing is known but its name; what stands in it is read as text."""

    has_content = True
    option_spec = _AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """Returns the text of the directive."""
        name = self.name.lower()
        if name in _SILENT:
            return []
        if name in _CODE:
            code = "\n".join(self.content)
            return [nodes.literal_block(code, code)]
        argument, body = self._parts()
        container = nodes.container()
        self.state.nested_parse(body, self.content_offset, container)
        if _SIGNATURES.fullmatch(name):
            return [_definition(argument, container)]
        if name in _LEAD_INS or argument:
            return [self._lead_in(name, argument, container), container]
        return [container]

    def _parts(self) -> tuple[list[str], Any]:
        """Returns the lines of the argument, and the lines below."""
        found = _FIRST_LINE.match(self.block_text)
        if found is None or not found[1]:
            return [], self.content
        end = next((at for at, line in enumerate(self.content) if not line.strip()), None)
        end = len(self.content) if end is None else end
        return list(self.content[:end]), self.content[end:]

    def _lead_in(self, name: str, argument: list[str], body: nodes.Element) -> nodes.Node:
        """Returns the words in front of the text; without an argument the first paragraph's."""
        label = _LEAD_INS.get(name, "")
        paragraph = nodes.paragraph()
        words = " ".join(line.strip() for line in argument)
        inline, _messages = self.state.inline_text(words, self.lineno)
        if label:
            paragraph += nodes.strong("", label)
            paragraph += nodes.Text(" " if "version" in label else ": " if words else "")
            paragraph += inline
            if not words and body.children and isinstance(body[0], nodes.paragraph):
                paragraph += [nodes.Text(": "), *body.pop(0).children]
        else:
            paragraph += nodes.strong("", "", *inline)
        return paragraph


def _definition(signatures: list[str], body: nodes.Element) -> nodes.Node:
    """Returns signatures with the text that explains them."""
    names = [nodes.term("", "", nodes.literal("", line.strip())) for line in signatures]
    item = nodes.definition_list_item("", *names, nodes.definition("", *body.children))
    return nodes.definition_list("", item)


def _code_name(role: str, title: str) -> str:
    """Returns a name as Sphinx shows it: "~a.b" as "b", and what may vary without its braces."""
    if title.startswith("~"):
        return title.rpartition(".")[2].lstrip("~")
    return re.sub(r"[{}]", "", title) if role in {"samp", "file"} else title.lstrip("!")


def _role(
    name: str, _source: str, text: str, *_: object, **__: object
) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """Returns the text of a role: the title where it has one, else the name that it leads to."""
    text = re.sub(r"\\(?=.)|\0", "", text).strip()
    found = _WITH_TARGET.fullmatch(text)
    title, target = (found["text"], found["target"]) if found else (text, text)
    if found and target.startswith(("http://", "https://")):
        return [nodes.reference("", title, refuri=target)], []
    if _CODE_ROLES.fullmatch(name.lower()):
        return [nodes.literal("", _code_name(name, title))], []
    if name.lower() in {"ref", "numref", "doc", "term"} and not found:
        return [nodes.inline("", title, label=target, role=name.lower())], []
    return [nodes.inline("", title.lstrip("!"))], []
