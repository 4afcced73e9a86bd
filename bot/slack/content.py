"""What a Slack message says: its text, or what its blocks, forwards, cards and files say. Pure.

All texts come in Slack's own spelling, as in `text`: mentions in angle brackets, & < > spelt out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.slack.blocks import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.slack.incoming import Fields

_LINES = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}
_NOT_READ = {"actions", "context_actions", "input", "divider", "file"}
_FILE_NAME = re.compile(r"\S+\.\w{1,5}|\S*")
_DEEPEST = 12


def own_text(message: Fields) -> str:
    """Returns what somebody wrote: `text`, or the blocks of a message without any."""
    text = str(message.get("text") or "")
    return text if text.strip() else _joined(_blocks_text(message))


def forwarded_text(message: Fields) -> str:
    """Returns what messages say that somebody passes on with a message; empty for none."""
    shared = [each for each in _attachments(message) if each.get("is_share")]
    return _joined(part for each in shared for part in _attachment_text(each))


def file_titles(message: Fields) -> str:
    """Returns the titles that people gave to the files of a message; names of files are none."""
    files = [each for each in message.get("files") or [] if isinstance(each, dict)]
    titles = (str(each.get("title") or "") for each in files)
    return _joined(escape(title) for title in titles if not _FILE_NAME.fullmatch(title.strip()))


def whole_text(message: Fields) -> str:
    """Returns everything there is to read in a message, each text once: cards and files too."""
    parts = [
        str(message.get("text") or ""),
        *_blocks_text(message),
        *(part for each in _attachments(message) for part in _attachment_text(each)),
        file_titles(message),
    ]
    kept: list[str] = []
    seen = ""
    for part in parts:
        said = " ".join(part.split())
        if said and said not in seen:
            kept.append(part)
            seen = f"{seen}\n{said}"
    return _joined(kept)


def _attachments(message: Fields) -> list[Fields]:
    return [each for each in message.get("attachments") or [] if isinstance(each, dict)]


def _blocks_text(message: Fields) -> list[str]:
    return [*_texts(message.get("blocks"), 0)]


def _attachment_text(attachment: Fields) -> Iterator[str]:
    """Yields the texts of an attachment: of a card its parts, of a forward the message."""
    for name in ("pretext", "title", "text"):
        yield str(attachment.get(name) or "")
    for field in attachment.get("fields") or []:
        if isinstance(field, dict):
            yield from (str(field.get("title") or ""), str(field.get("value") or ""))
    found = [*_texts(attachment.get("blocks"), 0)]
    for shared in attachment.get("message_blocks") or []:
        if isinstance(shared, dict):
            found += _texts((shared.get("message") or {}).get("blocks"), 0)
    if not attachment.get("text"):
        yield from found
        if not any(map(str.strip, found)) and not attachment.get("title"):
            yield str(attachment.get("fallback") or "")


def _texts(block: Any, depth: int) -> Iterator[str]:
    """Yields the texts of blocks, a paragraph each."""
    if isinstance(block, list) and depth <= _DEEPEST:
        for each in block:
            yield from _texts(each, depth + 1)
    elif isinstance(block, dict) and block.get("type") not in _NOT_READ and depth <= _DEEPEST:
        yield from _block_texts(block, depth)


def _block_texts(block: Fields, depth: int) -> Iterator[str]:
    """Yields the texts of one block or of one of its parts."""
    kind = block.get("type")
    if kind in _LINES:
        line = "".join(_inline(each) for each in block.get("elements") or [])
        yield (
            "\n".join(f"> {part}" for part in line.split("\n"))
            if kind == "rich_text_quote"
            else line
        )
    elif kind in {"mrkdwn", "markdown"}:
        yield str(block.get("text") or "")
    elif kind in {"plain_text", "raw_text"}:
        yield escape(str(block.get("text") or ""))
    else:
        for name in ("title", "text", "fields", "elements", "rows"):
            yield from _texts(block.get(name), depth + 1)


def _inline(element: Any) -> str:
    """Returns an element of a line of rich text in Slack's spelling."""
    if not isinstance(element, dict):
        return ""
    kind = element.get("type")
    if kind == "user":
        return f"<@{element.get('user_id', '')}>"
    if kind in {"usergroup", "broadcast"}:
        return " "
    if kind == "emoji":
        return f":{element.get('name', '')}:"
    if kind == "link":
        label = escape(str(element.get("text") or ""))
        return f"<{element.get('url', '')}|{label}>" if label else f"<{element.get('url', '')}>"
    return escape(str(element.get("text") or ""))


def _joined(parts: Any) -> str:
    return "\n".join(part for part in parts if part.strip())
