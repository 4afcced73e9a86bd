"""Deferring: Discord waits three seconds for a first sign, fifteen minutes for the reply."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.reply_target import ReplyTarget
from bot.discord.calls import ALREADY_ACKNOWLEDGED, retry

if TYPE_CHECKING:
    from bot.discord.incoming import Interaction

log = logging.getLogger(__name__)


async def defer_reply(interaction: Interaction) -> ReplyTarget | None:
    """Tells Discord that a reply for the asker alone will come, before anything else is done.

    Returns:
        The private message that waits for the reply; None if it is too late.
    """
    try:
        promised = await retry(lambda: interaction.response.defer(ephemeral=True, thinking=True))
        message_id = promised.message_id if promised is not None else None
        if message_id is None:
            message_id = (await retry(interaction.original_response)).id
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            log.warning("a command came too late: %s", error.code or error.status)
            return None
        message_id = (await retry(interaction.original_response)).id
    return ReplyTarget("private", str(message_id), interaction.token)


async def accept_click(interaction: Interaction) -> bool:
    """Tells Discord that a click arrived, before anything else is done; False if it is too late."""
    try:
        await retry(interaction.response.defer)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            log.warning("a click came too late: %s", error.code or error.status)
            return False
    return True
