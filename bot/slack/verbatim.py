"""Reading a Slack message back, for the comparison of its quotes with their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.chat.verbatim import NotVerbatimError, check_quotes
from bot.page.runs import Run, runs_of
from bot.slack.blocks import CODE, QUOTE, stand_in_text, unescape

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from bot.page.layout import Clip
    from bot.slack.blocks import Block, Payload


def checked(payload: Payload) -> dict[str, Any]:
    """Returns the arguments of a message, once every quote in it was compared with its article.

    Raises:
        NotVerbatimError: A quote differs from its article, or the plain text could address
            somebody. Nothing must be sent then.
    """
    kinds = {QUOTE, CODE} if payload.quoted else {QUOTE}  # a report may hold lines to copy
    rich = [block["elements"] for block in payload.blocks if block["type"] == "rich_text"]
    quotes = [runs for elements in rich if (runs := _quote(elements, kinds))]
    check_quotes(quotes, payload.quoted)
    _check_stand_in(payload)
    return {"text": payload.text, "blocks": list(payload.blocks)}


def checked_text(clip: Clip) -> str:
    """Returns a clipping as plain text, once it was compared with its article.

    Raises:
        NotVerbatimError: The clipping differs from its article.
    """
    runs = runs_of(clip)
    check_quotes([runs], [clip])
    return "".join(run.text for run in runs)


def _quote(elements: Sequence[Block], kinds: Container[str]) -> list[Run]:
    """Returns the runs of letters that Slack shows for the quote in a block of rich text.

    Slack breaks the line between two elements. What is in no quote is the line of the source.

    Args:
        elements: The elements of the block.
        kinds: The types of the elements that are quotes.
    """
    runs: list[Run] = []
    for element in elements:
        if element["type"] in kinds:
            runs += [Run("\n"), *_runs(element)] if runs else _runs(element)
    return runs


def _runs(element: Block) -> list[Run]:
    """Returns the runs of letters that Slack shows for one element."""
    runs = []
    for run in element["elements"]:
        style = run.get("style", {})
        if run["type"] not in {"text", "link"} or not set(style) <= {"bold", "italic", "code"}:
            raise NotVerbatimError("a quote holds more than text")
        bold, italic, code = (style.get(name) is True for name in ("bold", "italic", "code"))
        in_code_block = element["type"] == CODE
        runs.append(Run(run["text"], bold, italic, code, run.get("url"), in_code_block))
    return runs


def _check_stand_in(payload: Payload) -> None:
    """Checks the plain text: it holds the first clipping, and nothing that Slack would parse."""
    if "<" in payload.text or ">" in payload.text:
        raise NotVerbatimError("the plain text is not escaped")
    if payload.quoted and stand_in_text(payload.quoted[0]) not in unescape(payload.text):
        raise NotVerbatimError("the plain text does not hold the first clipping")
