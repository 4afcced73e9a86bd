"""Messages in Discord: new ones, edits and deletions are read and handed to the inbox."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import discord

from bot.discord.backfill import LOOK_BACK
from bot.discord.incoming import PLATFORM, heard_in, location_of

if TYPE_CHECKING:
    from bot.chat.inbox import Inbox


class MessageHandlers:
    """Hears everything that happens to messages where the bot is."""

    def __init__(self, inbox: Inbox, client: discord.Client, retention_s: float) -> None:
        self._inbox = inbox
        self._client = client
        self._retention = dt.timedelta(seconds=retention_s)

    async def heard(self, message: discord.Message) -> None:
        """Hears a message that somebody wrote and that we can see."""
        await self._inbox.heard(heard_in(message, self._client.user))

    async def edited(self, message: discord.Message) -> None:
        """Hears that a message changed; without its text, or without an edit, nothing is to do.

        Discord hides the text of messages that do not name us. It also tells of a preview that it
        added, or of an old message that somebody pinned, as if that were an edit. A message that is
        older than what is kept may be a question that was answered.
        """
        if message.edited_at is not None:
            now = discord.utils.utcnow()
            kept = now - message.created_at < self._retention
            lately = kept and now - message.edited_at < LOOK_BACK
            await self._inbox.edited(heard_in(message, self._client.user), lately=lately)

    async def deleted(self, message_id: int, channel_id: int, guild_id: int | None) -> None:
        """Hears that a message is gone."""
        channel = self._client.get_channel(channel_id)
        location = location_of(channel, channel_id, guild_id)
        await self._inbox.deleted(location.key(str(message_id)))

    async def left(self, guild_id: int) -> None:
        """Hears that the bot was removed from a server."""
        await self._inbox.left(PLATFORM, str(guild_id))
