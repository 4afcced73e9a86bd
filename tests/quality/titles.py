"""Whether the title of an article is the one that a reader of the page sees."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from tests.quality.boundaries import FRONT_MATTER
from tests.quality.folder_case import fold

if TYPE_CHECKING:
    from index.documents.article import Article

FRONT_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)


def first_heading(text: str) -> str | None:
    """Returns the words of the first heading of a Markdown text, as a reader sees them."""
    tokens = MarkdownIt("commonmark").parse(FRONT_MATTER.sub("", text))
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            seen = (each for each in inline.children or [] if each.type != "image")
            words = fold("".join(each.content or " " for each in seen if _is_text(each.type)))
            if words:
                return words
    return None


def _is_text(kind: str) -> bool:
    return kind in {"text", "code_inline", "softbreak", "hardbreak"}


def has_right_title(article: Article) -> bool | None:
    """Tells whether a Markdown article's title is its first heading; None if it has none.

    The title that its front matter gives is right, too.
    """
    heading = first_heading(article.text)
    if heading is None or not article.slug.lower().endswith((".md", ".markdown", ".mdx")):
        return None
    front = FRONT_MATTER.match(article.text)
    given = FRONT_TITLE.search(front.group()) if front else None
    return fold(article.title or "") in {heading, fold(given.group(1)) if given else heading}
