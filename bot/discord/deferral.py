"""Deferring: Discord waits three seconds for a first sign, fifteen minutes for the reply."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.reply_target import ReplyTarget
from bot.discord.calls import ALREADY_ACKNOWLEDGED, retry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.discord.incoming import Interaction

# Discord refuses a deferral after 3 seconds, so that nothing is gained by waiting longer for it.
LONGEST_DEFERRAL_S = 5.0

log = logging.getLogger(__name__)


class Deferrals:
    """Knows for which commands this process is still about to defer the reply.

    Discord refuses a reply that comes before the deferral.
    """

    def __init__(self) -> None:
        self._to_come: dict[str, asyncio.Event] = {}

    @contextmanager
    def to_come(self, token: str) -> Iterator[None]:
        """Lets the reply to a command wait until the block, which defers it, ends."""
        over = self._to_come[token] = asyncio.Event()
        try:
            yield
        finally:
            del self._to_come[token]
            over.set()

    async def over(self, token: str) -> None:
        """Waits until a reply can be shown; not at all where another process was to defer it."""
        if token in self._to_come:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_DEFERRAL_S):
                    await self._to_come[token].wait()


def private_target(interaction: Interaction) -> ReplyTarget:
    """Returns the private message that waits for the reply once it is deferred."""
    return ReplyTarget("private", token=interaction.token)


async def defer_reply(interaction: Interaction) -> ReplyTarget | None:
    """Tells Discord that a reply for the asker alone will come.

    Returns:
        The private message that waits for the reply; None if it is too late.
    """
    try:
        await retry(lambda: interaction.response.defer(ephemeral=True, thinking=True))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            log.warning("a command came too late: %s", error.code or error.status)
            return None
    except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
        log.warning("a command could not be deferred: %s", type(error).__name__)
        return None
    return private_target(interaction)


async def accept_click(interaction: Interaction) -> bool:
    """Tells Discord that a click arrived, before anything else is done; False if it is too late."""
    try:
        await retry(interaction.response.defer)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            log.warning("a click came too late: %s", error.code or error.status)
            return False
    return True
