"""Receiving: messages, mentions, edits and deletions, told to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.incoming import PLATFORM, mentions, of_message
from bot.state.ask import Key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.desk.desk import Desk
    from bot.slack.incoming import Fields

    Next = Callable[[], Awaitable[None]]

SPOKEN_SUBTYPES = {None, "thread_broadcast", "file_share", "me_message"}


class MessageHandlers:
    """Decides which messages are questions to us."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        """Listen to an app's messages.

        Bolt acknowledges an event before its listener runs, but after the listener's middleware.
        So the claim is made there: what Slack need not send again is in the store.
        """
        app.event("app_mention", middleware=[self.mentioned])(_acknowledged)
        app.event("message", middleware=[self.messaged])(_acknowledged)

    async def mentioned(self, event: Fields, context: AsyncBoltContext, next_: Next) -> None:
        """Somebody named us."""
        if _is_from_a_person(event) and event.get("subtype") in SPOKEN_SUBTYPES:
            await self._desk.accept(of_message(event, _workspace(context)))
        await next_()

    async def messaged(self, event: Fields, context: AsyncBoltContext, next_: Next) -> None:
        """Something happened to a message in a place we are in."""
        await self._heard(event, context)
        await next_()

    async def _heard(self, event: Fields, context: AsyncBoltContext) -> None:
        subtype = event.get("subtype")
        if subtype == "message_changed":
            await self._changed(event, context)
        elif subtype == "message_deleted":
            await self._deleted(event, str(event["deleted_ts"]), context)
        elif subtype in SPOKEN_SUBTYPES and await self._is_for_us(event, context):
            await self._desk.accept(of_message(event, _workspace(context)))

    async def _changed(self, event: Fields, context: AsyncBoltContext) -> None:
        """An edit; a preview that Slack added is none, and a tombstone is a deletion."""
        message = {**event["message"], "channel": event["channel"]}
        message["channel_type"] = event.get("channel_type")
        before = event.get("previous_message") or {}
        if message.get("subtype") == "tombstone":
            await self._deleted(event, str(message["ts"]), context)
            return
        if message.get("text") == before.get("text") or not message.get("edited"):
            return
        ask = None
        if _is_from_a_person(message):
            ask = of_message(message, _workspace(context))
        if ask is None:
            return
        known = await self._desk.is_known(ask.key)
        if known or await self._is_for_us(message, context):
            await self._desk.revise(ask)

    async def _deleted(self, event: Fields, stamp: str, context: AsyncBoltContext) -> None:
        """A message is gone; our own among them, which the desk does not know."""
        key = Key(PLATFORM, _workspace(context), str(event["channel"]), stamp)
        await self._desk.withdraw(key)

    async def _is_for_us(self, event: Fields, context: AsyncBoltContext) -> bool:
        """Whether a message asks us: in private, by name, or as the channel's rules have it."""
        if not _is_from_a_person(event):
            return False
        text = str(event.get("text", ""))
        if event.get("channel_type") == "im" or mentions(text, str(context.bot_user_id)):
            return True
        ask = of_message(event, _workspace(context))
        rules = await self._desk.state.rules(ask.key)
        if rules.mode == "questions" and text.rstrip().endswith("?"):
            return True
        if rules.mode == "mention" or ask.thread == ask.key.message or text.startswith("<@"):
            return False
        return await self._desk.state.answered_in(ask.key, ask.thread)


async def _acknowledged() -> None:
    """All was done before."""


def _is_from_a_person(event: Fields) -> bool:
    """Whether a person wrote it; not a bot, not Slack itself."""
    return bool(event.get("user")) and not event.get("bot_id") and event["user"] != "USLACKBOT"


def _workspace(context: AsyncBoltContext) -> str:
    return str(context.team_id or "")
