"""Mail: single messages (.eml) and mailboxes (.mbox)."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from index.documents.fields import NO_FIELDS, usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.html_text import html_to_markdown
from index.documents.formats.mail_text import mail_to_markdown, own_lines
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    join_blocks,
    without_half_characters,
    write_heading,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator

EXTRACTOR = "clipping mail 1"
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail: its fields, its text, and whether the text is Markdown already."""

    subject: str
    sender: str
    date: datetime.date | None
    text: str
    is_markdown: bool

    def body(self, known: Collection[str] = ()) -> str:
        return self.text if self.is_markdown else mail_to_markdown(self.text, known=known)


def read_eml(data: bytes) -> Contents:
    """Returns the contents of one mail; what it quotes is kept as a quotation.

    Raises:
        UnreadableError: It is no mail, or has no text.
    """
    mail = _parse(data)
    body = mail.body()
    if not re.search(r"\w", body):
        raise UnreadableError("it holds no text, only attachments or nothing at all")
    stated = {"title": mail.subject, "author": mail.sender, "published": mail.date}
    text = join_blocks([write_heading(1, escape_markdown(mail.subject)), body])
    return from_markdown(without_half_characters(text), usable(stated), extractor=EXTRACTOR)


def read_mbox(data: bytes) -> Contents:
    """Returns the contents of a mailbox: a section for each mail, in the order of the file.

    A paragraph that a mail quotes from another mail of the same mailbox is left out.

    Raises:
        UnreadableError: It is no mailbox, or no mail in it has text.
    """
    mails = [_parse(part) for part in _split_mailbox(data)]
    lines = [set() if mail.is_markdown else own_lines(mail.text) for mail in mails]
    known = frozenset().union(*lines)
    sections = [_section(mail, known) for mail in mails]
    text = join_blocks(sections)
    if not text:
        raise UnreadableError("no mail in it holds text")
    return from_markdown(without_half_characters(text), NO_FIELDS, extractor=EXTRACTOR)


def _section(mail: _Mail, known: Collection[str]) -> str:
    """Returns a mail with its subject as a heading; nothing where it has no text."""
    body = mail.body(known)
    if not re.search(r"\w", body):
        return ""
    day = f"Date: {mail.date.isoformat()}" if mail.date else ""
    sender = f"From: {escape_markdown(mail.sender)}" if mail.sender else ""
    heading = write_heading(1, escape_markdown(mail.subject) or "(no subject)")
    return join_blocks([heading, " · ".join(filter(None, [sender, day])), body])


def _split_mailbox(data: bytes) -> Iterator[bytes]:
    """Yields the mails of a mailbox; each begins below a line "From …" that follows an empty line.

    In a mail's own lines that begin with "From " a sign stands before that word, and is dropped.
    """
    mail: list[bytes] = []
    is_empty_before = True
    for line in data.splitlines(keepends=True):
        if is_empty_before and line.startswith(b"From "):
            if mail:
                yield b"".join(mail)
            mail = [b""]
        elif mail:
            is_escaped = line.startswith(b">") and line.lstrip(b">").startswith(b"From ")
            mail.append(line[1:] if is_escaped else line)
        else:
            raise UnreadableError("it is no mailbox: save the mail as .eml")
        is_empty_before = not line.strip()
    yield b"".join(mail)


def _parse(data: bytes) -> _Mail:
    try:
        message = email.message_from_bytes(data)
        parts = list(_leaves(message, 0))
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        raise UnreadableError("it is damaged: save it again in the mail program") from error
    if not message.keys():
        raise UnreadableError("it is no mail: it does not begin with From, Date or Subject")
    plain = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    pages = [_text(part) for part in parts if part.get_content_type() == "text/html"]
    is_page = bool(pages) and not any(text.strip() for text in plain)
    text = "\n\n".join(map(html_to_markdown, pages)) if is_page else "\n\n".join(plain)
    name, address = parseaddr(_header(message, "From"))
    subject = " ".join(_header(message, "Subject").split())
    return _Mail(subject, name or address, _date(message), text, is_page)


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """Yields the parts with text, and no attachment; of alternatives the plain one alone."""
    if depth > _MAX_DEPTH or part.get_content_disposition() == "attachment":
        return
    payload = part.get_payload()
    if not isinstance(payload, list):
        if part.get_content_maintype() == "text":
            yield part
        return
    is_mixed = part.get_content_maintype() == "multipart"
    inner = [each for each in payload if is_mixed and isinstance(each, Message)]
    leaves = [leaf for each in inner for leaf in _leaves(each, depth + 1)]
    if part.get_content_subtype() == "alternative":
        plain = [each for each in leaves if each.get_content_type() == "text/plain"]
        leaves = [each for each in plain if _text(each).strip()] or leaves
    yield from leaves


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data)[0]


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, UnicodeError, ValueError):
        return str(value)


def _date(message: Message) -> datetime.date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date"))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
