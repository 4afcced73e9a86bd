"""Whatever fails in a handler of people's clicks and commands is said to them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.failures import log_failure
from bot.chat.language import phrases_or_english
from bot.discord.deferral import defer_reply
from bot.discord.incoming import click_in

if TYPE_CHECKING:
    from bot.discord.incoming import Interaction
    from bot.discord.surface import DiscordSurface
    from bot.state.state import State

log = logging.getLogger(__name__)


class Failures:
    """Hears of every exception that a handler raises."""

    def __init__(self, surface: DiscordSurface, state: State) -> None:
        self._surface = surface
        self._state = state

    async def failed(self, interaction: Interaction, error: BaseException) -> None:
        """Logs a failure and says it to the person who waits for an answer."""
        cause = error.__cause__ or error
        code = str(cause.code) if isinstance(cause, discord.HTTPException) else ""
        failure_id = log_failure(f"discord/{interaction.type.name}", cause, code)
        try:
            if not interaction.response.is_done():
                await defer_reply(interaction)
            notice = click_in(interaction, "")
            phrases = await phrases_or_english(self._state, notice.channel)
            await self._surface.tell_clicker(notice, phrases.failed.format(id=failure_id))
        except Exception as last:  # noqa: BLE001  # there is no other way left
            log.warning("failure %s could not be told: %s", failure_id, type(last).__name__)
