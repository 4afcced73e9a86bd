"""Getting a reply to its asker."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.desk.surface import UnreachableError

if TYPE_CHECKING:
    from bot.desk.surface import Surface
    from bot.page.reply import Reply
    from bot.state.ask import Ask
    from bot.state.claims import Claim

log = logging.getLogger(__name__)


async def deliver(surface: Surface, claim: Claim, reply: Reply) -> str:
    """Delivers a reply, in place of an earlier one where there is one.

    Where the platform refuses it for good, the asker gets it by the next way that is open.

    Returns:
        What the reply can be found by; empty if it cannot be changed later.

    Raises:
        GoneError: The question was deleted meanwhile.
        UnreachableError: The platform refuses every way to the asker; the log says why.
    """
    try:
        return await _show(surface, claim, reply)
    except UnreachableError as refusal:
        try:
            way = await surface.aside(claim.ask, reply)
        except UnreachableError as last:
            log.error("question %s: refused (%s), and so was the last way (%s)",  # noqa: TRY400  # no traceback: it is no fault of ours
                      claim.id, refusal, last)  # fmt: skip
            raise
        log.warning("question %s: refused (%s); the reply went by: %s", claim.id, refusal, way)
        return ""


async def _show(surface: Surface, claim: Claim, reply: Reply) -> str:
    """Shows a reply where it was asked for, in place of an earlier one where that is possible."""
    posted = claim.reply
    if not posted and claim.attempts > 1:
        posted = await surface.find(claim.ask)
    if not posted:
        return await surface.post(claim.ask, reply)
    try:
        await surface.update(claim.ask, posted, reply)
    except UnreachableError as refusal:
        log.warning("question %s: its reply cannot be changed (%s)", claim.id, refusal)
        anew = await surface.post(claim.ask, reply)
        if anew != posted:
            await _take_back(surface, claim.ask, posted)
        return anew
    return posted


async def _take_back(surface: Surface, ask: Ask, posted: str) -> None:
    """Removes a reply that another has replaced; a failure must not post that one again."""
    try:
        await surface.remove(ask, posted)
    except Exception as error:  # noqa: BLE001  # the answer is out
        log.warning("an outdated reply was not removed: %s", type(error).__name__)
