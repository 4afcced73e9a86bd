"""Where a clipping comes from, fit to be shown: the article's name, and where to read on."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode

if TYPE_CHECKING:
    from index.documents.spans import Article, Quote

MAX_TITLE_CHARS = 150
MAX_URL_CHARS = 3_000
MAX_FRAGMENT_WORDS = 4  # enough on both ends to find a sentence on a page


def name(article: Article) -> str:
    """The article's title on one line, without characters that change the lines around it.

    A title with nothing to see in it gives way to the file's path; a name is never empty.
    """
    words = _one_line(article.title or "") or _one_line(article.slug) or "article"
    return words if len(words) <= MAX_TITLE_CHARS else words[: MAX_TITLE_CHARS - 1] + "…"


def address(quote: Quote, *, limit: int = MAX_URL_CHARS) -> str | None:
    """Where to read on: the article's URL, pointing at the sentence; None without a web address.

    An address that would be longer than `limit` does not point at the sentence, or is left out.
    """
    url = quote.article.url
    if url is None or not url.startswith(("https://", "http://")) or len(url) > limit // 2:
        return None
    words = quote.text.split()
    ends = (
        [words]
        if len(words) <= 2 * MAX_FRAGMENT_WORDS
        else [
            words[:MAX_FRAGMENT_WORDS],
            words[-MAX_FRAGMENT_WORDS:],
        ]
    )
    # A dash and a comma mean something inside a text fragment.
    target = ",".join(percent_encode(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    pointed = f"{url.partition('#')[0]}#:~:text={target}"
    return pointed if len(pointed) <= limit else url


def _one_line(text: str) -> str:
    letters = (
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} else letter
        for letter in text
    )
    return " ".join("".join(letters).split())
