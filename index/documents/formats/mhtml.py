"""Web pages that a browser saved as one file (.mhtml)."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.web_page import read_page
from index.documents.formats.web_page_encoding import decode_web_page

if TYPE_CHECKING:
    from email.message import Message

# A saved page has a part for each picture and style sheet, and for each frame.
MAX_PARTS = 10_000


def read_mhtml(data: bytes) -> Contents:
    """Reads the first page of a saved web page; its pictures and style sheets are left out.

    Raises:
        UnreadableError: The file holds no page, or the page cannot be read.
    """
    if data.count(b"\n--") > MAX_PARTS:
        raise UnreadableError(f"it has more than {MAX_PARTS:,} parts; save the page as HTML")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        page = _first_page(message)
    except (ValueError, LookupError, RecursionError):
        page = None
    if page is None:
        raise UnreadableError("it holds no web page; save the page as HTML")
    content = page.get_payload(decode=True)
    charset = str(page.get_param("charset") or "")
    text, notes = decode_web_page(content if isinstance(content, bytes) else b"", charset)
    url = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    is_address = url.startswith(("http://", "https://"))
    return read_page(text, url=url.strip() if is_address else "", notes=notes)


def _first_page(message: Message) -> Message | None:
    pages = (
        part
        for part in message.walk()
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    )
    return next(pages, None)
