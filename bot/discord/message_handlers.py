"""Receiving: messages, mentions, edits and deletions, told to the desk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.discord.backfill import LOOK_BACK
from bot.discord.incoming import PLATFORM, Spot, mentions, of_message, spot_of

if TYPE_CHECKING:
    from bot.desk.desk import Desk

log = logging.getLogger(__name__)

SPOKEN = {discord.MessageType.default, discord.MessageType.reply}


class MessageHandlers:
    """Decides which messages are questions to us."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client

    async def heard(self, message: discord.Message) -> None:
        """Somebody wrote something that we can see."""
        if await self._is_for_us(message):
            await self._desk.accept(of_message(message, self._spot(message)))

    async def edited(self, message: discord.Message) -> None:
        """A message changed; without its text, or without an edit, there is nothing to do.

        Discord hides the text of messages that do not name us. It also tells of a preview that it
        added, or of an old message that somebody pinned, as if that were an edit.
        """
        if message.edited_at is None or not _is_from_a_person(message):
            return
        ask = of_message(message, self._spot(message))
        lately = discord.utils.utcnow() - message.edited_at < LOOK_BACK
        if await self._desk.is_known(ask.key) or (lately and await self._is_for_us(message)):
            await self._desk.revise(ask)

    async def deleted(self, message_id: int, channel_id: int, guild_id: int | None) -> None:
        """A message is gone; our own among them, which the desk does not know."""
        spot = self._spot_at(channel_id, guild_id)
        await self._desk.withdraw(spot.key(str(message_id)))

    async def left(self, guild_id: int) -> None:
        """We were removed from a server: what it left here goes too."""
        await self._desk.state.forget_workspace(PLATFORM, str(guild_id))
        log.info("server %s removed the bot; its data is deleted", guild_id)

    async def _is_for_us(self, message: discord.Message) -> bool:
        """Whether a message asks us: in private, by name, or as the channel's rules have it."""
        us = self._client.user
        if us is None or not _is_from_a_person(message):
            return False
        if message.guild is None or mentions(message.content, us.id):
            return True
        asks = message.content.rstrip().endswith("?")
        if asks and us in message.mentions:
            return True  # a reply to us, which names us without writing it
        ask = of_message(message, self._spot(message))
        rules = await self._desk.state.rules(ask.key)
        if rules.mode == "questions" and asks:
            return True
        if rules.mode == "mention" or not ask.thread or message.content.startswith("<@"):
            return False
        return await self._desk.state.answered_in(ask.key, ask.thread)

    def _spot(self, message: discord.Message) -> Spot:
        guild_id = message.guild.id if message.guild else None
        return spot_of(message.channel, message.channel.id, guild_id)

    def _spot_at(self, channel_id: int, guild_id: int | None) -> Spot:
        return spot_of(self._client.get_channel(channel_id), channel_id, guild_id)


def _is_from_a_person(message: discord.Message) -> bool:
    """Whether a person wrote it, and we may read it; not a bot, a webhook or Discord itself."""
    return not message.author.bot and message.type in SPOKEN and bool(message.content)
