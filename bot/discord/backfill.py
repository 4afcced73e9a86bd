"""Catching up: what was asked while Discord had no session of ours to tell it to.

A connection that is lost for a short time is resumed, and nothing is missed. After a restart, or
when Discord has forgotten the session, it tells nothing of what was said meanwhile; so channels
where something was said lately are read once. What was answered by then is known by its claim.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Place = discord.TextChannel | discord.Thread

log = logging.getLogger(__name__)

LOOK_BACK = dt.timedelta(minutes=15)  # after that, whoever asked has asked somewhere else
MAX_MESSAGES = 100  # of each channel
AT_ONCE = 4  # channels; others need Discord's attention, too


class Backfill:
    """Reads what was said lately on a server that has just come into view."""

    def __init__(self, heard: Callable[[discord.Message], Awaitable[None]]) -> None:
        self._heard = heard
        self._free = asyncio.Semaphore(AT_ONCE)

    async def look_through(self, guild: discord.Guild) -> None:
        """Hear every message of the last minutes as if it came now."""
        since = discord.utils.utcnow() - LOOK_BACK
        await asyncio.gather(*(self._read(place, since) for place in _lively(guild, since)))

    async def _read(self, place: Place, since: dt.datetime) -> None:
        """One channel; one that we may not read is left alone."""
        async with self._free:
            try:
                said = [message async for message in place.history(after=since, limit=MAX_MESSAGES)]
            except discord.HTTPException as error:
                log.info("a channel cannot be caught up with: %s", error.code or error.status)
                return
        for message in said:
            await self._heard(message)


def _lively(guild: discord.Guild, since: dt.datetime) -> list[Place]:
    """The channels and threads where something was said since."""
    earliest = discord.utils.time_snowflake(since)
    places: list[Place] = [*guild.text_channels, *guild.threads]
    return [place for place in places if (place.last_message_id or 0) > earliest]
