"""`clipping discord-sync`: tell Discord which commands there are, once after each update of ours.

Discord limits how often that may be done, so that no bot should do it at every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.discord.access import log_in
from bot.discord.client import ClippingClient
from bot.service import Options, open_desk
from config.errors import PlatformError
from retrieval.answers import Answer

if TYPE_CHECKING:
    from bot.discord.access import Access


async def sync(access: Access) -> list[str]:
    """Let Discord offer the bot's commands, and no others; their names.

    Raises:
        PlatformError: The token is missing or refused, or Discord is out of reach.
    """
    nobody_asks = Options()
    async with open_desk(Answer, nobody_asks) as desk, ClippingClient(desk, nobody_asks) as client:
        await log_in(client, access)
        try:
            synced = await client.tree.sync()
        except discord.HTTPException as error:
            raise PlatformError(
                f"Discord did not take the commands (HTTP {error.status}, code {error.code}): "
                "try again in some minutes."
            ) from None
        return [command.name for command in synced]
