"""Web pages: their headings, paragraphs, lists, tables and code, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from index.documents.fields import usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_blocks import write_blocks
from index.documents.formats.web_page_blocks import page_blocks
from index.documents.formats.web_page_encoding import decode_web_page
from index.documents.formats.web_page_metadata import page_metadata
from index.documents.formats.web_page_parts import parts_of

if TYPE_CHECKING:
    from index.documents.formats.web_page_parts import Element

# Half a million elements take some 20 seconds and 200 MB while they are read (a slow core, 2026).
# A book as one page has about a tenth of that.
MAX_TAGS = 1_000_000
# As much text as 2,000 printed pages have.
MAX_TEXT_CHARS = 5_000_000
# Main content with less than this share of the page's words is not the article.
_MIN_SHARE_OF_MAIN = 0.2
# In XHTML such an element may be closed at once, which HTML would read as open to the end.
_CLOSED_AT_ONCE = re.compile(
    r"<(script|style|title|textarea|iframe|noscript|a|div|span|i|b|em|p|td)\b([^<>]{0,1000})/>"
)
_XHTML = re.compile(r"\s*<\?xml\s|.{0,300}<html[^>]{0,300}\sxmlns", re.DOTALL | re.IGNORECASE)


def read_html(data: bytes) -> Contents:
    """Reads a web page that was saved as HTML or XHTML.

    Raises:
        UnreadableError: The page holds no words, or is too large or too deep to be read.
    """
    text, notes = decode_web_page(data)
    return read_page(text, notes=notes)


def read_page(page: str, *, url: str = "", notes: tuple[str, ...] = ()) -> Contents:
    """Reads a decoded web page.

    Args:
        page: The page.
        url: Its web address, where the file says it beside the page.
        notes: What people should know about how the file was read.

    Raises:
        UnreadableError: As `read_html`.
    """
    document = _parse(page)
    metadata = page_metadata(document)
    if url:
        metadata.setdefault("url", url)
    text = _article_text(document, _base(document, str(metadata.get("url", ""))))
    if len(text) > MAX_TEXT_CHARS:
        raise UnreadableError(f"it has more than {MAX_TEXT_CHARS:,} characters; save it in parts")
    if not re.search(r"\w", text):
        raise UnreadableError(
            "it holds no words; a page that a script fills is saved with its text"
        )
    return from_markdown(text, usable(metadata), extractor=_extractor(), notes=notes)


def _extractor() -> str:
    return f"lxml {etree.__version__}; clipping 1"


def _parse(page: str) -> Element:
    if page.count("<") > MAX_TAGS:
        raise UnreadableError(f"it has more than {MAX_TAGS:,} tags; save it in parts")
    if _XHTML.match(page):
        page = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", page)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    page = page.replace("\0", "\ufffd").removeprefix("\ufeff")
    try:
        document = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        document = None
    if document is None:
        raise UnreadableError("it is empty")
    return document


def _base(document: Element, url: str) -> str:
    """Returns the address that the links of a page start from; empty if it is not known."""
    stated = next((base.get("href", "") for base in document.iter("base")), "")
    return next((base for base in (stated, url) if base.startswith(("http://", "https://"))), "")


def _article_text(document: Element, base: str) -> str:
    """Returns the article of a page in Markdown.

    That is what the page marks as its main content; or all of it but what surrounds articles,
    where nothing is marked or the words stand elsewhere.
    """
    # Not the body alone: where its tag is left out, as HTML allows, the parser takes <main> and
    # other new elements for parts of the head.
    parts = parts_of(document)
    main = ""
    if parts.main is not None:
        main = write_blocks(page_blocks(parts.main, parts.left_out, base))
        if len(main) >= _MIN_SHARE_OF_MAIN * parts.chars:
            return main
    whole = write_blocks(page_blocks(document, parts.left_out, base))
    return main if len(main) >= _MIN_SHARE_OF_MAIN * len(whole) else whole
