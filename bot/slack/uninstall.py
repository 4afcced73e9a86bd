"""When a workspace removes the app, what it left here is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.slack.incoming import PLATFORM, organisation_of, workspace_of

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.chat.inbox import Inbox
    from bot.slack.incoming import Fields

    class Forget(Protocol):
        """Deletes tokens, as `bot.slack.accounts.Accounts.forget` does."""

        async def __call__(
            self, workspace: str, organisation: str, *, everywhere: bool | None
        ) -> set[str]:
            """Returns the workspaces in which the app is no longer installed."""


class UninstallHandler:
    """Deletes a workspace's questions, feedback, rules and tokens."""

    def __init__(self, inbox: Inbox, forget_tokens: Forget) -> None:
        self._inbox = inbox
        self._forget_tokens = forget_tokens

    def register(self, app: AsyncApp) -> None:
        """Listens to an app being removed."""
        app.event("app_uninstalled")(self.left)
        app.event("tokens_revoked")(self.revoked)

    async def revoked(self, event: Fields, body: Fields) -> None:
        """Hears that tokens were revoked; without the bot's own, the bot cannot come back."""
        if (event.get("tokens") or {}).get("bot"):
            await self.left(body)

    async def left(self, body: Fields) -> None:
        """Hears that a workspace or a whole organisation removed the app."""
        workspace, organisation = workspace_of(body), organisation_of(body)
        everywhere = _is_everywhere(body)
        for each in await self._forget_tokens(workspace, organisation, everywhere=everywhere):
            await self._inbox.left(PLATFORM, each)


def _is_everywhere(body: Fields) -> bool | None:
    """Returns whether the app was installed for a whole organisation; None if Slack is silent."""
    told = [
        each.get("is_enterprise_install") for each in (body, *(body.get("authorizations") or ()))
    ]
    known = [flag in {True, "true"} for flag in told if flag is not None]
    return any(known) if known else None
