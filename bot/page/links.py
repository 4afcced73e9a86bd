"""Which links of an article may be shown as links."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.documents.structure import MarkKind
from index.documents.visible import visible_text

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.structure import Mark

MAX_TARGET_CHARS = 1_500  # half of what Slack takes
_WEB_ADDRESS = re.compile(r"https?://[!#-;=?-Z\[\]_a-z~]+", re.IGNORECASE)
_NAMED_HOST = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?\s*", re.IGNORECASE
)


def web_address(article: Article, mark: Mark) -> str | None:
    """Returns the web address that a link leads to; None where it must stay plain text.

    Only http and https addresses are links. Neither is a link whose words name another host than
    the one that it leads to, or whose address hides its host behind a user's name.
    """
    if mark.kind is not MarkKind.LINK or mark.target is None:
        return None
    url = html.unescape(article.text[mark.target[0] : mark.target[1]])
    if len(url) > MAX_TARGET_CHARS or not _WEB_ADDRESS.fullmatch(url):
        return None
    host = _host(url)
    shown = visible_text(article.text, article.structure, mark.start, mark.end)
    named = _NAMED_HOST.fullmatch(shown)
    is_false = "://" in shown and named is None
    if not host or is_false or (named and _bare(named[1]) != _bare(host)):
        return None
    return url


def _host(url: str) -> str:
    """Returns the host of an address; "" where there is none, or where a user's name is in it."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return "" if "@" in parts.netloc else parts.hostname or ""


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")
