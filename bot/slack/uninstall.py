"""When a workspace removes the app, what it left here is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.incoming import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.chat.inbox import Inbox
    from bot.slack.incoming import Fields

    Forget = Callable[[str], Awaitable[None]]


class UninstallHandler:
    """Deletes a workspace's questions, feedback, rules and tokens."""

    def __init__(self, inbox: Inbox, forget_tokens: Forget) -> None:
        self._inbox = inbox
        self._forget_tokens = forget_tokens

    def register(self, app: AsyncApp) -> None:
        """Listens to an app being removed."""
        app.event("app_uninstalled")(self.left)
        app.event("tokens_revoked")(self.revoked)

    async def revoked(self, event: Fields, context: AsyncBoltContext) -> None:
        """Hears that tokens were revoked; without the bot's own, the bot cannot come back."""
        if (event.get("tokens") or {}).get("bot"):
            await self.left(context)

    async def left(self, context: AsyncBoltContext) -> None:
        """Hears that a workspace removed the app."""
        workspace = str(context.team_id or "")
        await self._inbox.left(PLATFORM, workspace)
        await self._forget_tokens(workspace)
