"""When a workspace removes the app, what it left here goes too."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.slack.incoming import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.desk.desk import Desk
    from bot.slack.incoming import Fields

    Forget = Callable[[str], Awaitable[None]]

log = logging.getLogger(__name__)


class UninstallHandler:
    """Deletes a workspace's questions, feedback, rules and tokens."""

    def __init__(self, desk: Desk, forget_tokens: Forget) -> None:
        self._desk = desk
        self._forget_tokens = forget_tokens

    def register(self, app: AsyncApp) -> None:
        """Listen to an app being removed."""
        app.event("app_uninstalled")(self.left)
        app.event("tokens_revoked")(self.revoked)

    async def revoked(self, event: Fields, context: AsyncBoltContext) -> None:
        """Tokens were revoked; without the bot's own there is no coming back."""
        if (event.get("tokens") or {}).get("bot"):
            await self.left(context)

    async def left(self, context: AsyncBoltContext) -> None:
        """The app was removed from a workspace."""
        workspace = str(context.team_id or "")
        await self._desk.state.forget_workspace(PLATFORM, workspace)
        await self._forget_tokens(workspace)
        log.info("workspace %s removed the app; its data is deleted", workspace)
