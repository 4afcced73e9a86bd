"""Which parts of a web page are its article, and which are left out.

Left out are what no reader sees, what every page of a site repeats, and what surrounds an article.
A part that only its name speaks against must be small and hold neither the main heading nor the
main content: a page is never emptied because somebody named its frame "sidebar".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from lxml import etree

from index.documents.formats.contents import UnreadableError

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

# The parser itself drops what is nested more than 2,048 deep (libxml2, XML_PARSE_HUGE). No page
# that people read comes near.
MAX_DEPTH = 2_000
# A part that only its name speaks against has no more of the page's characters than this.
_MAX_SHARE_OF_NAMED = 0.3

_UNSEEN_TAGS = frozenset(
    "script style noscript template title svg canvas iframe object embed audio video map "
    "button input select textarea datalist annotation annotation-xml rp s strike del".split()
)
_UNSEEN_NAMES = re.compile(
    r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text|noprint|no-print|headerlink|"
    r"mw-editsection|linenos?|linenodiv|line-numbers|gutter|skip-?link|skip-to-content)(?=$|\s)",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SURROUNDING_TAGS = frozenset({"nav", "footer", "menu"})
_SURROUNDING_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar "
    "tooltip tablist".split()
)
_NAMED_TAGS = frozenset({"div", "section", "ul", "ol", "aside", "form", "header"})
_SURROUNDING_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|share|sharing|social|related|recommended|"
    r"newsletter|subscribe|subscription|sidebar|sidenav|toc|pagination|pager|prev-next|adverts?|"
    r"advertisement|ads?|promo|sponsored|comments|disqus|popup|modal|masthead|navbar|nav|"
    r"navigation|menu|topbar|footer|printfooter|edit-this-page|catlinks|navbox)(?=$|[\s_-])",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"admonition|note|callout|warning|caution|danger|tip|info|important|alert|hint", re.IGNORECASE
)
_FOOTNOTE_SIGN = re.compile(r"\[?(?:\d{1,3}|[a-z]|note \d{1,3}|[*†‡])\]?", re.IGNORECASE)
_PERMALINK = re.compile("[#¶§\N{LINK SYMBOL}\uf0c1]?")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class _Kind(Enum):
    """What a part of a page is, as far as its mark-up says so."""

    MAIN = "main"
    ARTICLE = "article"
    HEADER = "header"  # of the page, or of nothing that is marked
    SURROUNDING = "surrounding"
    NAMED = "named"  # only its name says that it surrounds the article


@dataclass(slots=True)
class _Part:
    """A part of a page that a decision is made about.

    Attributes:
        element: Its element.
        kind: What it is.
        begins: How many characters of the page stand before it.
        chars: How many characters stand in it.
        holds_main: Whether the main content stands in it.
        holds_title: Whether a heading of level 1 stands in it.
    """

    element: Element
    kind: _Kind
    begins: int
    chars: int = 0
    holds_main: bool = False
    holds_title: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What is left out of a page, and where its main content may be.

    Attributes:
        left_out: The elements that are left out with all that is in them.
        main: The element of the main content; None where the page does not mark it.
        chars: How many characters of the page readers see, white space and surroundings included.
    """

    left_out: frozenset[Element]
    main: Element | None
    chars: int


def parts_of(page: Element) -> Parts:
    """Returns what is left out of a page, and its main content.

    Raises:
        UnreadableError: The elements are nested too deeply.
    """
    survey = _Survey()
    walker = etree.iterwalk(page, events=("start", "end"))
    depth = 0
    for event, element in walker:
        if event == "end":
            depth -= 1
            survey.leave(element)
            continue
        depth += 1
        if depth > MAX_DEPTH:
            raise UnreadableError(f"its elements are nested more than {MAX_DEPTH:,} deep")
        if element is not page and not survey.enter(element):
            walker.skip_subtree()
    return Parts(frozenset(survey.left_out()), survey.main(), survey.chars)


@dataclass(slots=True)
class _Survey:
    """One walk through a page."""

    unseen: list[Element] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    open: list[_Part] = field(default_factory=list)
    chars: int = 0
    marked: int = 0  # how many parts are open that are main content or articles

    def enter(self, element: Element) -> bool:
        """Notes an element; returns whether readers see what is in it."""
        if _is_unseen(element):
            self.unseen.append(element)
            return False
        kind = _kind(element, in_main=self.marked > 0)
        if kind is not None:
            self.open.append(_Part(element, kind, self.chars))
            self.marked += kind in {_Kind.MAIN, _Kind.ARTICLE}
        if self.open and element.tag == "h1":
            self.open[-1].holds_title = True
        self.chars += len(element.text or "")
        return True

    def leave(self, element: Element) -> None:
        """Notes the end of an element, and the characters behind it."""
        if self.open and self.open[-1].element is element:
            part = self.open.pop()
            part.chars = self.chars - part.begins
            self.parts.append(part)
            is_main = part.kind in {_Kind.MAIN, _Kind.ARTICLE}
            self.marked -= is_main
            if self.open:
                self.open[-1].holds_main |= part.holds_main or is_main
                self.open[-1].holds_title |= part.holds_title
        self.chars += len(element.tail or "")

    def left_out(self) -> list[Element]:
        """Returns what is left out."""
        return self.unseen + [part.element for part in self.parts if self._is_surrounding(part)]

    def _is_surrounding(self, part: _Part) -> bool:
        if part.kind in {_Kind.MAIN, _Kind.ARTICLE} or part.holds_main:
            return False
        if part.kind is _Kind.SURROUNDING:
            return True
        if part.kind is _Kind.NAMED and part.chars > _MAX_SHARE_OF_NAMED * self.chars:
            return False
        return not part.holds_title

    def main(self) -> Element | None:
        """Returns the longest element of main content, or the only article that there is.

        Of several articles it is the only one with a heading of level 1.
        """
        mains = [part for part in self.parts if part.kind is _Kind.MAIN]
        if mains:
            return max(mains, key=lambda part: part.chars).element
        articles = [part for part in self.parts if part.kind is _Kind.ARTICLE]
        if len(articles) > 1:
            articles = [part for part in articles if part.holds_title]
        return articles[0].element if len(articles) == 1 else None


def _is_unseen(element: Element) -> bool:
    if element.tag in _UNSEEN_TAGS or _is_local_sign(element):
        return True
    get = element.get
    if get("hidden") not in {None, "until-found"} and get("role") != "tabpanel":
        return True
    if element.tag == "dialog":
        return get("open") is None
    if _INVISIBLE.search(get("style", "")[:1_000]):
        return True
    return bool(_UNSEEN_NAMES.search(get("class", "")[:1_000]))


def _is_local_sign(element: Element) -> bool:
    """Returns whether an element is a sign that links to a place on its own page.

    That is a raised number of a footnote, or a sign beside a heading that gives its address.
    """
    if element.tag == "sup" and len(element) == 1 and not (element.text or "").strip():
        return _links_with(element[0], _FOOTNOTE_SIGN)
    return _links_with(element, _PERMALINK)


def _links_with(element: Element, signs: re.Pattern[str]) -> bool:
    if element.tag != "a" or not element.get("href", "").startswith("#") or len(element) > 1:
        return False
    text = f"{element.text or ''}{element[0].text or '' if len(element) else ''}"
    return len(text) < 20 and signs.fullmatch(text.strip()) is not None


def _kind(element: Element, *, in_main: bool) -> _Kind | None:
    """Returns what the mark-up of an element says about its place on the page."""
    tag, role = element.tag, element.get("role", "").lower()
    if tag == "main" or role == "main":
        return _Kind.MAIN
    if tag == "article" or role == "article":
        return None if in_main else _Kind.ARTICLE
    if tag == "header" and not in_main:
        return _Kind.HEADER
    if _surrounds(element, role):
        return _Kind.SURROUNDING
    if element.get("aria-hidden") == "true":
        return _Kind.NAMED
    return (
        _Kind.NAMED if tag in _NAMED_TAGS and _SURROUNDING_NAMES.search(_names(element)) else None
    )


def _surrounds(element: Element, role: str) -> bool:
    tag = element.tag
    if tag == "aside":
        return role != "note" and not _NOTES.search(element.get("class", "")[:1_000])
    if tag == "footer":
        parent = element.getparent()
        return parent is None or parent.tag not in {"blockquote", "figure"}
    return tag in _SURROUNDING_TAGS or role in _SURROUNDING_ROLES


def _names(element: Element) -> str:
    """Returns the classes of an element, and its name unless that comes from a heading in it."""
    classes = element.get("class", "")[:1_000]
    first = element[0].tag if len(element) else ""
    return classes if first in _HEADINGS else f"{classes} {element.get('id', '')[:100]}"
