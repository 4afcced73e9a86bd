"""Getting a reply to its asker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.desk.surface import UnreachableError

if TYPE_CHECKING:
    from bot.desk.surface import Surface
    from bot.page.reply import Reply
    from bot.state.claims import Claim


async def deliver(surface: Surface, claim: Claim, reply: Reply) -> str:
    """Get a reply out, in place of an earlier one where there is one; what it can be found by."""
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
