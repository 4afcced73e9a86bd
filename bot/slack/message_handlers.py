"""Messages in Slack: new ones, edits and deletions are read and handed to the inbox."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from slack_bolt.response import BoltResponse

from bot.slack.content import own_text
from bot.slack.incoming import PLATFORM, heard_in
from bot.state.ask import Key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.chat.inbox import Heard, Inbox
    from bot.slack.incoming import Fields

    Next = Callable[[], Awaitable[None]]

WRITTEN_SUBTYPES = {None, "thread_broadcast", "file_share", "me_message"}


class MessageHandlers:
    """Hears everything that happens to messages where the bot is."""

    def __init__(self, inbox: Inbox, retention_s: float) -> None:
        self._inbox = inbox
        self._retention_s = retention_s

    def register(self, app: AsyncApp) -> None:
        """Listens to an app's messages.

        Bolt acknowledges an event before its listener runs, but after the listener's middleware.
        So the claim is made there: what Slack need not send again is in the store.
        """
        app.event("app_mention", middleware=[self.written])(_acknowledged)
        app.event("message", middleware=[self.messaged])(_acknowledged)

    async def written(
        self, event: Fields, context: AsyncBoltContext, next_: Next
    ) -> BoltResponse | None:
        """Hears a message that somebody wrote; what is not in the store shall come once more."""
        written = event.get("subtype") in WRITTEN_SUBTYPES
        if written and not await self._inbox.heard(_heard(event, context)):
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        await next_()
        return None

    async def messaged(
        self, event: Fields, context: AsyncBoltContext, next_: Next
    ) -> BoltResponse | None:
        """Hears a message event: a new message, an edit or a deletion."""
        subtype = event.get("subtype")
        if subtype == "message_changed":
            await self._changed(event, context)
        elif subtype == "message_deleted":
            await self._deleted(event, str(event["deleted_ts"]), context)
        else:
            return await self.written(event, context, next_)
        await next_()
        return None

    async def _changed(self, event: Fields, context: AsyncBoltContext) -> None:
        """Hears an edit; Slack also tells of a preview it added, and of a deletion in this way."""
        message = {
            **event["message"],
            "channel": event["channel"],
            "channel_type": event.get("channel_type"),
        }
        before = event.get("previous_message") or {}
        if message.get("subtype") == "tombstone":
            await self._deleted(event, str(message["ts"]), context)
        elif own_text(message) != own_text(before) and message.get("edited"):
            # An older message may be a question that was answered and is no longer kept.
            kept = time.time() - float(message["ts"]) < self._retention_s
            await self._inbox.edited(_heard(message, context), lately=kept)

    async def _deleted(self, event: Fields, ts: str, context: AsyncBoltContext) -> None:
        """Hears that a message is gone."""
        key = Key(PLATFORM, str(context.team_id or ""), str(event["channel"]), ts)
        await self._inbox.deleted(key)


async def _acknowledged() -> None:
    """Does nothing: the middleware has done everything."""


def _heard(event: Fields, context: AsyncBoltContext) -> Heard:
    known = context.authorize_result
    names = (known.user,) if known is not None and known.user else ()
    return heard_in(event, str(context.team_id or ""), str(context.bot_user_id), names)
