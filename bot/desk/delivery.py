"""Getting a reply to its asker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.desk.surface import UnreachableError

if TYPE_CHECKING:
    from bot.desk.surface import Surface
    from bot.page.reply import Reply
    from bot.state.claims import Claim


async def deliver(surface: Surface, claim: Claim, reply: Reply) -> str:
    """Delivers a reply, in place of an earlier one where there is one.

    Where the bot may no longer post, the asker gets the reply as a direct message.

    Returns:
        What the reply can be found by; empty if it cannot be changed later.

    Raises:
        GoneError: The question was deleted meanwhile.
    """
    ask = claim.ask
    try:
        posted = claim.reply
        if not posted and claim.attempts > 1:
            posted = await surface.find(ask)
        if not posted:
            return await surface.post(ask, reply)
        await surface.update(ask, posted, reply)
    except UnreachableError:
        await surface.aside(ask, reply)
        return ""
    return posted
