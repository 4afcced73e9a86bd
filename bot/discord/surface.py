"""Sending: what Discord does for the desk."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.desk.surface import UnreachableError
from bot.discord.calls import UNKNOWN_MESSAGE, retry, show, translate_error
from bot.discord.embeds import message
from bot.discord.incoming import place_of
from bot.discord.messages import compose, shared, with_preamble
from bot.discord.sending import arguments, changes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk.metrics import Metrics
    from bot.discord.embeds import Payload
    from bot.page.layout import Widen
    from bot.page.reply import Reply
    from bot.state.ask import Ask, Key

log = logging.getLogger(__name__)

LOOKED_THROUGH = 100  # messages after a question, for a reply of ours


class DiscordSurface:
    """Posts, changes and removes replies; nothing leaves it unchecked."""

    def __init__(self, client: discord.Client, metrics: Metrics, *, widen: Widen) -> None:
        self._client = client
        self._metrics = metrics
        self._typing: dict[Key, tuple[asyncio.Event, asyncio.Task[None]]] = {}
        self.widen = widen

    async def post(self, ask: Ask, reply: Reply) -> str:
        """Post where the question was asked."""
        way = place_of(ask).way
        if way == "private":
            shareable = not ask.key.workspace.startswith("@")
            await self._keep_promise(ask, compose(reply, widen=self.widen, shareable=shareable))
            return ""
        payload = compose(reply, widen=self.widen)
        if way == "channel":
            payload = shared(payload, ask, reply)
        try:
            return await self._post(ask, reply.id, payload)
        except UnreachableError:
            if ask.kind != "share":
                raise
            private = compose(reply, widen=self.widen, shareable=True)  # to be shared again
            await self._keep_promise(ask, with_preamble(reply.phrases.invite, private))
            return ""

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Show another reply in the same message; nothing to do if somebody removed it."""
        payload = compose(reply, widen=self.widen)
        ours = self._channel(ask).get_partial_message(int(posted))
        await self._unless_gone(lambda: show(payload, lambda sent: ours.edit(**changes(sent))))

    async def remove(self, ask: Ask, posted: str) -> None:
        """Delete the reply."""
        if posted:
            ours = self._channel(ask).get_partial_message(int(posted))
            await self._unless_gone(lambda: retry(ours.delete))

    async def find(self, ask: Ask) -> str:
        """Look for our reply to the question; empty if there is none or we may not look."""
        if place_of(ask).way != "message":
            return ""
        try:
            return await retry(partial(self._find, ask))
        except discord.HTTPException as error:
            log.warning("earlier replies cannot be looked up: %s", error.code or error.status)
            return ""

    async def aside(self, ask: Ask, reply: Reply) -> None:
        """Send the reply as a direct message, saying why it comes there."""
        payload = with_preamble(reply.phrases.unreachable, compose(reply, widen=self.widen))
        await self._write_to(ask.user, payload, nonce=reply.id)

    async def tell(self, ask: Ask, words: str) -> None:
        """Say something that only the asker sees; in the channel if there is no other way."""
        way = place_of(ask).way
        try:
            if way == "private":
                await self._keep_promise(ask, message(words))
            else:
                await self._write_to(ask.user, message(words))
        except UnreachableError:
            if way == "message":
                await self._post(ask, "", message(words))
            else:
                await self._write_to(ask.user, message(words))

    async def working(self, ask: Ask, *, on: bool) -> None:
        """Show that we type; a command says by itself that it is being worked on."""
        if place_of(ask).way != "message":
            return
        if on:
            done = asyncio.Event()
            task = asyncio.create_task(self._type(ask, done), name="typing")
            self._typing[ask.key] = done, task
        elif ask.key in self._typing:
            done, task = self._typing.pop(ask.key)
            done.set()
            await task

    async def _type(self, ask: Ask, done: asyncio.Event) -> None:
        """Type, again and again as Discord forgets it, until done."""
        try:
            async with self._channel(ask).typing():
                await done.wait()
        except discord.HTTPException as error:
            log.warning("typing cannot be shown: %s", error.code or error.status)

    async def _post(self, ask: Ask, nonce: str, payload: Payload) -> str:
        """Post once, even when Discord's confirmation is lost: it knows a nonce again."""
        place = place_of(ask)
        options: dict[str, Any] = {"nonce": nonce} if nonce else {}
        if place.way == "message":
            options |= {"reference": self._question(ask), "mention_author": False}
        send = self._channel(ask).send
        sent = await self._call(
            lambda: show(payload, lambda shown: send(**arguments(shown), **options))
        )
        return str(sent.id)

    async def _keep_promise(self, ask: Ask, payload: Payload) -> None:
        """Change the private message of a command or a click; after 15 minutes that is refused."""
        place = place_of(ask)
        webhook, promised = self._webhook(place.token), int(place.message)
        await self._call(
            lambda: show(payload, lambda sent: webhook.edit_message(promised, **changes(sent)))
        )

    async def _write_to(self, user: str, payload: Payload, nonce: str = "") -> None:
        """Send a direct message."""
        person = discord.Object(int(user))
        channel = await self._call(lambda: retry(partial(self._client.create_dm, person)))
        options = {"nonce": nonce} if nonce else {}
        await self._call(
            lambda: show(payload, lambda sent: channel.send(**arguments(sent), **options))
        )

    async def _find(self, ask: Ask) -> str:
        after = discord.Object(int(ask.key.message))
        us = self._client.user
        async for entry in self._channel(ask).history(after=after, limit=LOOKED_THROUGH):
            about = entry.reference.message_id if entry.reference else None
            if us is not None and entry.author.id == us.id and about == after.id:
                return str(entry.id)
        return ""

    async def _call(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """What a call returns; refusals in our words."""
        try:
            return await call()
        except discord.HTTPException as error:
            told = translate_error(error, self._metrics)
            if told is error:
                raise
            raise told from error

    async def _unless_gone(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call about a message that may be gone; then there is nothing left to do."""
        try:
            await self._call(call)
        except UnreachableError:
            return
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:
                raise

    def _channel(self, ask: Ask) -> discord.PartialMessageable:
        """The channel, thread or conversation of a question."""
        guild = None if ask.key.workspace.startswith("@") else int(ask.key.workspace)
        here = int(ask.thread or ask.key.channel)
        return self._client.get_partial_messageable(here, guild_id=guild)

    def _question(self, ask: Ask) -> discord.MessageReference:
        """The message to reply to; Discord refuses the reply when it is gone."""
        here = int(ask.thread or ask.key.channel)
        return discord.MessageReference(message_id=int(ask.key.message), channel_id=here)

    def _webhook(self, token: str) -> discord.Webhook:
        """What a command or a click lets us write to."""
        return discord.Webhook.partial(self._client.application_id or 0, token, client=self._client)
