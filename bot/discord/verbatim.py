"""Reading a Discord message back, for the comparison of its quotes with their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.verbatim import NotVerbatimError, check_quotes
from bot.discord.markdown import read, write

if TYPE_CHECKING:
    from bot.discord.embeds import Embed, Payload
    from bot.page.runs import Run


def checked(payload: Payload) -> Payload:
    """Returns the payload itself, once every quote in it was compared with its article.

    Raises:
        NotVerbatimError: A quote differs from its article, something is left that Discord would
            parse, or the message is too long. Nothing must be sent then.
    """
    check_quotes([_runs(embed) for embed in payload.embeds], payload.quoted)
    if not payload.fits:
        raise NotVerbatimError("the message is longer than Discord takes")
    return payload


def _runs(embed: Embed) -> tuple[Run, ...]:
    """Returns the runs of letters that Discord shows for the quote in an embed."""
    markup = str(embed["description"])
    runs = read(markup)
    if write(runs) != markup:
        raise NotVerbatimError("a quote holds more than letters")
    if set(embed) - {"title", "url", "description", "footer"}:
        raise NotVerbatimError("an embed shows more than a clipping")
    return runs
