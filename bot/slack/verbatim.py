"""The last check before anything is sent: what is shown as a quote is the article's own text."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from bot.slack.blocks import Block, Payload, spoken, unescape

if TYPE_CHECKING:
    from bot.page.layout import Clip

log = logging.getLogger(__name__)


class NotVerbatimError(RuntimeError):
    """A payload would show something as a quote that its article does not say: a bug of ours."""


def checked(payload: Payload) -> dict[str, Any]:
    """The arguments of a Slack message, once every quote in it has been read again in its article.

    Raises:
        NotVerbatimError: A quoted run differs from `article.text[start:end]`, what is bold is not
            the answer, or the plain text could address somebody. Nothing must be sent then.
    """
    quotes = [
        part
        for block in payload.blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
    ]
    if len(quotes) != len(payload.quoted):
        raise NotVerbatimError(f"{len(quotes)} quotes shown, {len(payload.quoted)} meant")
    for part, clip in zip(quotes, payload.quoted, strict=True):
        _compare(part, clip)
    _read_stand_in(payload)
    return {"text": payload.text, "blocks": list(payload.blocks)}


def _compare(part: Block, clip: Clip) -> None:
    """Hold one quoted run against its article."""
    quote = clip.quote
    runs = [
        (run["type"], run["text"], run.get("style") == {"bold": True}) for run in part["elements"]
    ]
    if any(kind != "text" for kind, _, _ in runs):
        raise NotVerbatimError(f"a quote of {quote.article.slug} holds more than text")
    if "".join(text for _, text, _ in runs) != quote.article.text[quote.start : quote.end]:
        raise NotVerbatimError(f"[{quote.start}, {quote.end}) of {quote.article.slug} differs")
    bold = "".join(text for _, text, is_bold in runs if is_bold)
    meant = "" if clip.bold is None else quote.article.text[clip.bold.start : clip.bold.end]
    if bold != meant:
        raise NotVerbatimError(f"bold in [{quote.start}, {quote.end}) of {quote.article.slug}")


def _read_stand_in(payload: Payload) -> None:
    """The plain text holds the first clipping too, and nothing in it is left for Slack to parse."""
    if "<" in payload.text or ">" in payload.text:
        raise NotVerbatimError("the plain text is not escaped")
    if payload.quoted and spoken(payload.quoted[0]).text not in unescape(payload.text):
        raise NotVerbatimError("the plain text does not hold the first clipping")
