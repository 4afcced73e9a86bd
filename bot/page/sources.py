"""Where a clipping comes from: how its article is called, and where to read on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

from config.harmless import one_line
from index.documents.outline import blocks_in
from index.documents.spans import Quote
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.structure import Block

MAX_TITLE_CHARS = 150
MAX_URL_CHARS = 3_000
_NUMBER = re.compile(r"\d{1,9}[.)]")
MAX_FRAGMENT_WORDS = 4  # at each end; enough to find a sentence on a page


def name(article: Article) -> str:
    """Returns the article's title on one line, without characters that change the lines around it.

    Returns the file's path instead of a title that shows nothing. A name is never empty.
    """
    words = one_line(article.title or "") or one_line(article.slug) or "article"
    return _shortened(words)


def author(article: Article) -> str:
    """Returns who wrote an article, on one line like its name; empty where nobody knows."""
    return _shortened(one_line(article.author or ""))


def address(quote: Quote, *, limit: int = MAX_URL_CHARS) -> str | None:
    """Returns the article's web address, pointing at the first and last words of the quote.

    Args:
        quote: The clipping to point at.
        limit: How many characters the address may have.

    Returns:
        None where the article has no web address, or where the address takes more than half of
        `limit`. Where the pointer does not fit as well, the address without it.
    """
    url = quote.article.url
    if url is None or not url.startswith(("https://", "http://")) or len(url) > limit // 2:
        return None
    ends = _ends(quote)
    # A text fragment gives a dash and a comma a meaning of their own.
    target = ",".join(percent_encode(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    pointed = f"{url.partition('#')[0]}#:~:text={target}"
    return pointed if ends and len(pointed) <= limit else url


def _ends(quote: Quote) -> list[list[str]]:
    """Returns the words of the quote as they are seen on a page: all, or the first and the last.

    A browser finds words only where they stand in one block, without the number of an item.
    """
    structure = quote.article.structure
    blocks = () if structure is None else blocks_in(structure, quote.start, quote.end)
    if len(blocks) < 2:
        words = quote.visible.split()
        is_short = len(words) <= 2 * MAX_FRAGMENT_WORDS
        return [words] if is_short else [words[:MAX_FRAGMENT_WORDS], words[-MAX_FRAGMENT_WORDS:]]
    first, last = (_words(quote, block) for block in (blocks[0], blocks[-1]))
    return [end for end in (first[:MAX_FRAGMENT_WORDS], last[-MAX_FRAGMENT_WORDS:]) if end]


def _words(quote: Quote, block: Block) -> list[str]:
    """Returns the words that a quote has from one block."""
    start, end = max(block.start, quote.start), min(block.end, quote.end)
    words = Quote(quote.article, start, end).visible.split()
    is_numbered = block.kind is BlockKind.ITEM and words and _NUMBER.fullmatch(words[0])
    return words[1:] if is_numbered else words


def _shortened(words: str) -> str:
    return words if len(words) <= MAX_TITLE_CHARS else words[: MAX_TITLE_CHARS - 1] + "…"
