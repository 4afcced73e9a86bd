"""Clicks in Discord: each is read, acknowledged, and handed to the buttons of all platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.deferral import accept_click, defer_reply
from bot.discord.incoming import click_in
from bot.discord.messages import REASON, SHARE, THUMB, TURN, read_turn

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable

    from bot.chat.buttons import Buttons
    from bot.discord.failures import Failures
    from bot.discord.incoming import Interaction

    Handler = Callable[[Interaction, re.Match[str]], Awaitable[None]]


class ButtonHandlers:
    """Hears what a person does with an answer."""

    def __init__(self, buttons: Buttons, failures: Failures) -> None:
        self._buttons = buttons
        self._failures = failures
        self._handlers: dict[re.Pattern[str], Handler] = {
            TURN: self.turned,
            SHARE: self.shared,
            THUMB: self.judged,
            REASON: self.explained,
        }

    async def clicked(self, interaction: Interaction, custom_id: str) -> None:
        """Hears a click; the button's id is all there is to know, also after a restart."""
        for pattern, handler in self._handlers.items():
            found = pattern.fullmatch(custom_id)
            if found is not None:
                try:
                    await handler(interaction, found)
                except Exception as error:  # noqa: BLE001  # whatever it is, the clicker is told
                    await self._failures.failed(interaction, error)

    async def turned(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Hears a click on context, next passage or closest passages."""
        if await accept_click(interaction):
            await self._buttons.turn(click_in(interaction, found["reply"]), read_turn(found))

    async def shared(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Hears a click on Share."""
        if await accept_click(interaction):
            await self._buttons.share(click_in(interaction, found["reply"]))

    async def judged(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Hears a click on a thumb; thanks, or the question for the reason, come in private."""
        promised = await defer_reply(interaction)
        if promised is not None:
            click = click_in(interaction, found["reply"], promised)
            await self._buttons.judge(click, "up" if found["verdict"] == "up" else "down")

    async def explained(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Hears the reason for a thumb down."""
        if await accept_click(interaction):
            await self._buttons.explain(click_in(interaction, found["reply"]), found["reason"])


def clicked_button(handlers: ButtonHandlers) -> type[discord.ui.DynamicItem[Any]]:
    """Returns the class by which discord.py hears clicks on our buttons, also on old ones."""

    class ClickedButton(
        discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"clipping:.+"
    ):
        @classmethod
        async def from_custom_id(
            cls,
            _interaction: Interaction,
            item: discord.ui.Item[Any],
            _match: re.Match[str],
        ) -> Self:
            return cls(item)  # type: ignore[arg-type]  # only buttons carry such an id

        async def callback(self, interaction: Interaction) -> None:
            await handlers.clicked(interaction, self.custom_id)

    return ClickedButton
