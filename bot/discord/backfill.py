"""Backfill: what was asked while Discord had no session of ours to tell it to.

A connection that is lost for a short time is resumed, and nothing is missed. After a restart, or
when Discord has forgotten the session, Discord does not tell what was said meanwhile. So channels
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

    Readable = discord.TextChannel | discord.Thread

log = logging.getLogger(__name__)

LOOK_BACK = dt.timedelta(minutes=15)  # after that, whoever asked has asked somewhere else
MAX_MESSAGES = 100  # of each channel
AT_ONCE = 4  # channels: Discord limits how many calls we may make


class Backfill:
    """Reads what was said lately on a server that has just come into view."""

    def __init__(self, heard: Callable[[discord.Message], Awaitable[None]]) -> None:
        self._heard = heard
        self._free = asyncio.Semaphore(AT_ONCE)

    async def look_through(self, guild: discord.Guild) -> None:
        """Hears every message of the last minutes as if it came now."""
        since = discord.utils.utcnow() - LOOK_BACK
        channels = _used_since(guild, since)
        await asyncio.gather(*(self._read(channel, since) for channel in channels))

    async def _read(self, channel: Readable, since: dt.datetime) -> None:
        """Reads the last messages of one channel, oldest first; does nothing if we may not."""
        async with self._free:
            try:
                latest = channel.history(after=since, limit=MAX_MESSAGES, oldest_first=False)
                messages = [message async for message in latest]
            except discord.HTTPException as error:
                log.info("a channel cannot be caught up with: %s", error.code or error.status)
                return
        for message in reversed(messages):
            await self._heard(message)


def _used_since(guild: discord.Guild, since: dt.datetime) -> list[Readable]:
    """Returns the channels and threads where something was said since."""
    earliest = discord.utils.time_snowflake(since)
    channels: list[Readable] = [*guild.text_channels, *guild.threads]
    return [channel for channel in channels if (channel.last_message_id or 0) > earliest]
