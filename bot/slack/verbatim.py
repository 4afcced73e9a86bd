"""Reading a Slack message back, for the comparison of its quotes with their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.chat.verbatim import NotVerbatimError, Run, check_quotes
from bot.slack.blocks import stand_in_quote, unescape

if TYPE_CHECKING:
    from bot.slack.blocks import Block, Payload


def checked(payload: Payload) -> dict[str, Any]:
    """Returns the arguments of a message, once every quote in it was compared with its article.

    Raises:
        NotVerbatimError: A quote differs from its article, or the plain text could address
            somebody. Nothing must be sent then.
    """
    quotes = [
        part
        for block in payload.blocks
        if block["type"] == "rich_text"
        for part in block["elements"]
        if part["type"] == "rich_text_quote"
    ]
    check_quotes([_runs(quote) for quote in quotes], payload.quoted)
    _check_stand_in(payload)
    return {"text": payload.text, "blocks": list(payload.blocks)}


def _runs(quote: Block) -> list[Run]:
    """Returns the runs of letters that Slack shows for a quote."""
    if any(run["type"] != "text" for run in quote["elements"]):
        raise NotVerbatimError("a quote holds more than text")
    return [Run(run["text"], run.get("style") == {"bold": True}) for run in quote["elements"]]


def _check_stand_in(payload: Payload) -> None:
    """Checks the plain text: it holds the first clipping, and nothing that Slack would parse."""
    if "<" in payload.text or ">" in payload.text:
        raise NotVerbatimError("the plain text is not escaped")
    if payload.quoted and stand_in_quote(payload.quoted[0]).text not in unescape(payload.text):
        raise NotVerbatimError("the plain text does not hold the first clipping")
