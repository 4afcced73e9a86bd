"""Sending: the only way by which a message leaves for Discord."""

from __future__ import annotations

import asyncio
import logging
import zlib
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import discord

from bot.chat.reply_target import ReplyTarget
from bot.chat.surface import ChatSurface
from bot.desk.surface import UnreachableError
from bot.discord import messages
from bot.discord.calls import retry, send_with_or_without_links, translate_error
from bot.discord.embeds import Payload, message
from bot.discord.messages import reason_question
from bot.discord.sending import arguments, changes
from bot.discord.verbatim import checked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chat.clicks import Click
    from bot.chat.surface import Way
    from bot.desk.metrics import Metrics
    from bot.discord.deferral import Deferrals
    from bot.page.layout import Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask, Key

log = logging.getLogger(__name__)

LOOKED_THROUGH = 100  # messages after a question, for a reply of ours
MISSING_ACCESS = "50001"  # the bot is not in the channel, or not on the server
WARNING_SIGN = "⚠️"


class FirstMessage:
    """Stands for the id of the first message of a command or a click.

    It is no string, since discord.py would write the `@` of one as `%40`.
    """

    def __str__(self) -> str:
        return "@original"


class DiscordSurface(ChatSurface[Payload]):
    """Posts, changes and removes messages; nothing leaves it unchecked."""

    def __init__(
        self, client: discord.Client, metrics: Metrics, *, widen: Widen, deferrals: Deferrals
    ) -> None:
        super().__init__(messages, widen)
        self._client = client
        self._metrics = metrics
        self._deferrals = deferrals
        self._typing: dict[Key, tuple[asyncio.Event, asyncio.Task[None]]] = {}

    def can_share(self, ask: Ask) -> bool:
        """Returns whether it was asked on a server; a direct message has no others to see it."""
        return not ask.key.workspace.startswith("@")

    async def send(self, ask: Ask, payload: Payload, reply_id: str) -> str:
        """Posts once, even when Discord's confirmation is lost: it knows the reply's id again."""
        options: dict[str, Any] = _nonce(ask, reply_id)
        if ReplyTarget.of(ask).kind == "message":
            options |= {"reference": self._question(ask), "mention_author": False}
        post = self._channel(ask).send
        sent = await self._send(payload, lambda shown: post(**arguments(shown), **options))
        return str(sent.id)

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Shows another reply in the same message."""
        ours = self._channel(ask).get_partial_message(int(posted))
        await self._send(self.written(reply), lambda shown: ours.edit(**changes(shown)))

    async def remove(self, ask: Ask, posted: str) -> None:
        """Deletes the reply."""
        if posted:
            ours = self._channel(ask).get_partial_message(int(posted))
            try:
                await self._call(retry(ours.delete))
            except UnreachableError as refusal:  # it may be gone, and then all is well
                log.info("a reply was not removed: %s", refusal)

    async def find(self, ask: Ask) -> str:
        """Looks for our reply to the question; empty if there is none or we may not look."""
        if ReplyTarget.of(ask).kind != "message":
            return ""
        try:
            return await retry(partial(self._find, ask))
        except discord.HTTPException as error:
            log.warning("earlier replies cannot be looked up: %s", error.code or error.status)
            return ""

    async def send_direct(self, ask: Ask, payload: Payload, reply_id: str) -> None:
        """Sends a direct message to the asker."""
        person = discord.Object(int(ask.user))
        conversation = await self._call(retry(partial(self._client.create_dm, person)))
        options = _nonce(ask, reply_id)
        await self._send(payload, lambda shown: conversation.send(**arguments(shown), **options))

    def ways(self, ask: Ask) -> tuple[Way, ...]:
        """Returns the ways to the asker; only a message was asked before everybody's eyes."""
        kind = ReplyTarget.of(ask).kind
        if kind == "private":
            return ("whisper", "direct")
        return ("direct", "here", "mark") if kind == "message" else ("direct",)

    def may_be_invited(self, ask: Ask, refusal: UnreachableError) -> bool:  # noqa: ARG002  # the same in every channel
        """Returns whether an invitation would let the bot post."""
        return str(refusal) == MISSING_ACCESS

    async def mark(self, ask: Ask) -> None:
        """Shows a warning sign on the question."""
        question = self._channel(ask).get_partial_message(int(ask.key.message))
        await self._call(retry(partial(question.add_reaction, WARNING_SIGN)))

    async def working(self, ask: Ask, *, on: bool) -> None:
        """Shows that we type; a command says by itself that it is being worked on."""
        if ReplyTarget.of(ask).kind != "message":
            return
        if on:
            done = asyncio.Event()
            task = asyncio.create_task(self._type(ask, done), name="typing")
            self._typing[ask.key] = done, task
        elif ask.key in self._typing:
            done, task = self._typing.pop(ask.key)
            done.set()
            await task

    async def whisper(
        self, ask: Ask, payload: Payload, *, attachment: tuple[str, bytes] | None = None
    ) -> None:
        """Fills in the private message that a command was promised, for 15 minutes.

        Args:
            ask: The command.
            payload: What to show.
            attachment: The name and the content of a file to attach; None for none.

        Raises:
            UnreachableError: The 15 minutes are over.
        """
        await self._change_private(ReplyTarget.of(ask), payload, attachment)

    async def replace_private(self, target: ReplyTarget, payload: Payload) -> bool:
        """Changes a message that one person sees; returns whether Discord still let us."""
        try:
            await self._change_private(target, payload)
        except UnreachableError:
            return False
        return True

    async def show_instead(self, click: Click, payload: Payload) -> None:
        """Changes the clicked message, whoever sees it."""
        await self._change_private(click.target, payload)

    async def tell_clicker(self, click: Click, text: str) -> None:
        """Says something to the clicker alone, in the private message that was promised if any.

        Where Discord refuses that, as a direct message.
        """
        try:
            if click.target.kind == "private":
                await self._change_private(click.target, message(text))
            else:
                await self._follow_up(click.target.token, message(text))
        except UnreachableError:
            await self.send_direct(click.notice(), message(text), "")

    async def ask_reason(self, click: Click, phrases: Phrases) -> bool:
        """Asks for a reason by buttons, in the private message that was promised."""
        return await self.replace_private(click.target, reason_question(phrases, click.claim_id))

    async def thank_for_reason(self, click: Click, phrases: Phrases) -> None:
        """Shows thanks in place of the buttons that asked for a reason."""
        await self.show_instead(click, message(phrases.thanks))

    async def _send(self, payload: Payload, call: Callable[[Payload], Awaitable[Any]]) -> Any:
        """Sends a checked message; every message that leaves for Discord passes here.

        Raises:
            NotVerbatimError: The message must not be sent.
            GoneError: The question is gone.
            UnreachableError: Discord says that nothing can be sent there.
            discord.HTTPException: Discord refused for another reason.
        """
        return await self._call(send_with_or_without_links(checked(payload), call))

    async def _change_private(
        self, target: ReplyTarget, payload: Payload, attachment: tuple[str, bytes] | None = None
    ) -> None:
        """Changes the message of a command or a click by its token, good for 15 minutes.

        A command's own message has no id before the reply is deferred.
        """
        await self._deferrals.over(target.token)
        webhook = self._webhook(target.token)
        message_id: Any = int(target.message) if target.message else FirstMessage()

        def change(shown: Payload) -> Awaitable[object]:
            fields = changes(shown)
            if attachment is not None:
                name, content = attachment
                fields["attachments"] = [discord.File(BytesIO(content), name)]
            return webhook.edit_message(message_id, **fields)

        await self._send(payload, change)

    async def _type(self, ask: Ask, done: asyncio.Event) -> None:
        """Types, again and again as Discord forgets it, until done."""
        try:
            async with self._channel(ask).typing():
                await done.wait()
        except discord.HTTPException as error:
            log.warning("typing cannot be shown: %s", error.code or error.status)

    async def _find(self, ask: Ask) -> str:
        after = discord.Object(int(ask.key.message))
        us = self._client.user
        async for entry in self._channel(ask).history(after=after, limit=LOOKED_THROUGH):
            about = entry.reference.message_id if entry.reference else None
            if us is not None and entry.author.id == us.id and about == after.id:
                return str(entry.id)
        return ""

    async def _call(self, call: Awaitable[Any]) -> Any:
        """Returns what a call returns; refusals are counted and put into our words."""
        try:
            return await call
        except discord.HTTPException as error:
            translated = translate_error(error, self._metrics)
            if translated is error:
                raise
            raise translated from error

    async def _follow_up(self, token: str, payload: Payload) -> None:
        """Shows one more message to the person who clicked or typed a command."""
        webhook = self._webhook(token)
        webhook.type = discord.WebhookType.application  # others cannot send to one person alone
        await self._send(payload, lambda shown: webhook.send(**arguments(shown), ephemeral=True))

    def _channel(self, ask: Ask) -> discord.PartialMessageable:
        """Returns the channel, thread or conversation of a question."""
        guild = None if ask.key.workspace.startswith("@") else int(ask.key.workspace)
        here = int(ask.thread or ask.key.channel)
        return self._client.get_partial_messageable(here, guild_id=guild)

    def _question(self, ask: Ask) -> discord.MessageReference:
        """Returns the message to reply to; Discord refuses the reply when it is gone."""
        here = int(ask.thread or ask.key.channel)
        return discord.MessageReference(message_id=int(ask.key.message), channel_id=here)

    def _webhook(self, token: str) -> discord.Webhook:
        """Returns what a command or a click lets us write to."""
        return discord.Webhook.partial(self._client.application_id or 0, token, client=self._client)


def _nonce(ask: Ask, reply_id: str) -> dict[str, str]:
    """Returns what lets Discord know a reply again: its id, and which wording it answers.

    With the id alone, the answer to an edited question would be taken for the one before. Discord
    takes 25 characters.
    """
    if not reply_id:
        return {}
    wording = f"{zlib.crc32(ask.revision.encode()):08x}" if ask.revision else ""
    return {"nonce": reply_id + wording}
