"""`clipping discord-sync`: tells Discord which commands there are, once after each update of ours.

Discord limits how often that may be done, so a bot should not do it at every start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.discord.access import invitation
from bot.discord.login import visit
from config.errors import PlatformError

if TYPE_CHECKING:
    from bot.discord.access import Access


@dataclass(frozen=True, slots=True)
class Synced:
    """The commands that Discord offers from now on, and the link that invites the bot."""

    names: tuple[str, ...]
    invitation: str


async def sync(access: Access) -> Synced:
    """Lets Discord offer the bot's commands, and no others.

    Raises:
        PlatformError: The token is missing or refused, or Discord is out of reach.
    """
    async with visit(access) as client:
        try:
            synced = await client.tree.sync()
        except discord.HTTPException as error:
            raise PlatformError(
                f"Discord did not take the commands (HTTP {error.status}, code {error.code}): "
                "try again in some minutes."
            ) from None
        names = tuple(command.name for command in synced)
        return Synced(names, invitation(client.application_id or 0))
