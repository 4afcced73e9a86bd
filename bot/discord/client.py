"""The client: it hands what Discord tells to the handlers of messages, commands and clicks."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.chat.buttons import Buttons
from bot.chat.inbox import Inbox
from bot.desk.surface import ShutOutError
from bot.discord.access import IDENTIFY_EVERY_S
from bot.discord.admin_commands import AdminCommands
from bot.discord.backfill import Backfill
from bot.discord.button_handlers import ButtonHandlers, clicked_button
from bot.discord.commands import QuestionCommands, add_admin_commands, add_question_commands
from bot.discord.deferral import Deferrals
from bot.discord.failures import Failures
from bot.discord.incoming import PLATFORM
from bot.discord.localisation import PhraseTranslator
from bot.discord.message_handlers import MessageHandlers
from bot.discord.parsers import drop_unreadable
from bot.discord.surface import DiscordSurface

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.desk.service import Options
    from bot.discord.incoming import Interaction

log = logging.getLogger(__name__)

EXPIRED_INTERACTION = 50027  # the token of a command or a click, not ours


class ClippingClient(discord.AutoShardedClient):
    """Our bot. It has no privileged intents, no caches, and as many shards as Discord asks for."""

    def __init__(
        self, desk: Desk, options: Options, *, message_content: bool = False,
        identify_every_s: float = IDENTIFY_EVERY_S,
    ) -> None:  # fmt: skip
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
        intents = discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
        )
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        drop_unreadable(self._connection.parsers)
        self.greeted = asyncio.Event()
        self.shut_out = asyncio.Event()
        self._call = self.http.request
        self.http.request = self._request  # type: ignore[method-assign]  # every call passes here
        self._identify_every_s = identify_every_s
        self._desk = desk
        deferrals = Deferrals()
        self.surface = DiscordSurface(self, desk.metrics, widen=options.widen, deferrals=deferrals)
        self._message_handlers = MessageHandlers(Inbox(desk), self, options.policy.retention_s)
        self._backfill = Backfill(self._message_handlers.heard)
        self._failures = Failures(self.surface, desk.state)
        self._button_handlers = ButtonHandlers(Buttons(desk, self.surface), self._failures)
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        add_question_commands(self.tree, QuestionCommands(desk, deferrals))
        admin = AdminCommands(
            desk,
            self.surface,
            options.facts,
            reads_all=message_content,
            gaps_show_private=options.gaps_show_private,
        )
        add_admin_commands(self.tree, admin)
        self.tree.error(self._command_failed)

    async def _request(self, *args: Any, **options: Any) -> Any:
        """Makes a call to Discord's API, and notices when Discord does not know our token any more.

        Raises:
            ShutOutError: Discord refuses the token.
            discord.HTTPException: Discord refuses the call.
        """
        try:
            return await self._call(*args, **options)
        except discord.HTTPException as error:
            refused = error.status == HTTPStatus.UNAUTHORIZED and error.code != EXPIRED_INTERACTION
            if not refused or not self.greeted.is_set():  # while logging in, `log_in` says why
                raise
            self.shut_out.set()
            raise ShutOutError(str(error.status)) from None

    async def setup_hook(self) -> None:
        """Registers our buttons, also those of earlier processes; commands are synced elsewhere."""
        self.add_dynamic_items(clicked_button(self._button_handlers))
        await self.tree.set_translator(PhraseTranslator())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002  # discord.py's
        """Waits before another session begins, as Discord asks."""
        if not initial:
            await asyncio.sleep(self._identify_every_s)

    async def on_connect(self) -> None:
        """Notes that the gateway has greeted us."""
        self.greeted.set()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Reads what was said lately on a server that has come into view in a new session."""
        await self._backfill.look_through(guild)

    async def on_message(self, heard: discord.Message) -> None:
        """Hears a message."""
        await self._message_handlers.heard(heard)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Hears an edit, of a message however old."""
        await self._message_handlers.edited(event.message)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Hears a deletion."""
        await self._message_handlers.deleted(event.message_id, event.channel_id, event.guild_id)

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Hears many deletions at once."""
        for message_id in event.message_ids:
            await self._message_handlers.deleted(message_id, event.channel_id, event.guild_id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Hears that the bot was removed from a server."""
        await self._message_handlers.left(guild.id)

    async def on_shard_disconnect(self, _shard_id: int) -> None:
        """Counts a lost connection; discord.py opens another and goes on where it was."""
        self._desk.metrics.reconnects.labels(PLATFORM).inc()

    async def on_error(self, event_method: str, /, *_args: object, **_options: object) -> None:
        """Logs the traceback of an event that failed, without what was in the event."""
        log.error("%s failed", event_method, exc_info=True)  # noqa: LOG014  # called in a handler

    async def _command_failed(
        self, interaction: Interaction, error: app_commands.AppCommandError
    ) -> None:
        """Hears that a command failed before the desk could take it over."""
        await self._failures.failed(interaction, error)

    def problem(self) -> str | None:
        """Returns what is wrong with the connection; None while it is well."""
        shards = self.shards.values()
        if self.is_closed() or not shards:
            return "is closed"
        closed = [shard.id for shard in shards if shard.is_closed()]
        return f"has lost shard {closed[0]}" if closed else None
