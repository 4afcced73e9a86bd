"""What people set and look up from inside Discord: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.chat.channel_settings import change_rules, list_rules, store_rules
from bot.chat.reports import MAX_EXPORTED_GAPS, gaps_report, status_report
from bot.chat.rights import Standing, gaps_for, without_closed_channels
from bot.discord.deferral import defer_reply
from bot.discord.embeds import message
from bot.discord.incoming import of_interaction
from bot.page.phrases import phrases_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from bot.chat.reply_target import ReplyTarget
    from bot.desk.desk import Desk
    from bot.discord.incoming import Interaction
    from bot.discord.surface import DiscordSurface
    from bot.page.facts import Facts
    from bot.state.ask import Ask

UNSET = "*"  # stands for an empty text, which Discord does not take as an option
EXPORT_NAME = "gaps.jsonl"


class AdminCommands:
    """Handles the commands by which admins set a channel up, and people look up the bot's state."""

    def __init__(
        self,
        desk: Desk,
        surface: DiscordSurface,
        facts: Callable[[], Facts],
        *,
        reads_all: bool,
        gaps_show_private: bool = False,
    ) -> None:
        self._desk = desk
        self._surface = surface
        self._facts = facts
        self._reads_all = reads_all
        self._gaps_show_private = gaps_show_private

    async def show_status(self, interaction: Interaction) -> None:
        """Tells the asker what the bot knows and how it is."""
        command = await self._promised(interaction)
        if command is not None:
            lines = await status_report(self._facts(), self._desk, command.key)
            await self._tell(command, lines)

    async def show_gaps(self, interaction: Interaction) -> None:
        """Lists what the articles did not answer, and attaches it as lines to replay.

        Nobody sees more of it than they may read.
        """
        command = await self._promised(interaction)
        if command is None:
            return
        standing = _standing(interaction)
        scope = gaps_for(standing, command, private_words=self._gaps_show_private)
        if scope is None:
            await self._refuse(command)
            return
        scope = await without_closed_channels(
            scope, command, self._desk.state, partial(_channels_seen_by, interaction)
        )
        gaps = await self._desk.state.gaps(scope, MAX_EXPORTED_GAPS)
        report = gaps_report(gaps, await self._desk.state.phrases(command.key))
        export = "".join(f"{line}\n" for line in report.json_lines)
        await self._tell(command, [report.heading, *report.listed], export=export)

    async def configure(self, interaction: Interaction, options: Mapping[str, str | None]) -> None:
        """Changes the rules that were given as options, and lists what holds in the channel then.

        The list is in the new language of the channel, errors are in the old one.
        """
        command = await self._promised(interaction)
        if command is None:
            return
        standing, folders = _standing(interaction), self._facts().folders
        if not standing.may_set_channel:
            await self._refuse(command)
            return
        rules = await self._desk.state.rules(command.key)
        wanted, problems = change_rules(rules, _entries(options), standing, folders)
        if problems:
            await self._tell(command, [f"{name}: {text}" for name, text in problems.items()])
            return
        await store_rules(self._desk.state, command.key, rules, wanted)
        lines = list_rules(wanted)
        if wanted.mode != "mention" and not self._reads_all:
            lines.append(phrases_in(wanted.language).settings.hidden_messages)
        await self._tell(command, lines)

    async def _promised(self, interaction: Interaction) -> Ask | None:
        """Promises an answer to a command; returns None where it came too late to be answered."""
        target = await defer_reply(interaction)
        return None if target is None else _command(interaction, target)

    async def _refuse(self, command: Ask) -> None:
        """Tells who typed a command who may do that."""
        phrases = await self._desk.state.phrases(command.key)
        await self._tell(command, [phrases.settings.discord_managers_only])

    async def _tell(self, command: Ask, lines: Sequence[str], *, export: str = "") -> None:
        """Shows lines to the person who typed the command, with a file where there is one."""
        attachment = (EXPORT_NAME, export.encode()) if export else None
        await self._surface.whisper(command, message("\n".join(lines)), attachment=attachment)


def _standing(interaction: Interaction) -> Standing:
    """Returns what a person is where they typed a command; Discord sends it along."""
    if interaction.guild_id is None:
        return Standing(direct=True)
    allowed = interaction.permissions
    return Standing(steers=allowed.manage_channels, admin=allowed.manage_guild)


async def _channels_seen_by(interaction: Interaction, channels: Collection[str]) -> list[str]:
    """Returns the channels that a member can see; one that is gone can be seen by nobody."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return []
    known = ((each, guild.get_channel(int(each))) for each in channels)
    return [
        each
        for each, channel in known
        if channel is not None and channel.permissions_for(member).view_channel
    ]


def _entries(options: Mapping[str, str | None]) -> dict[str, str]:
    """Returns the options that were given, as somebody would type them into a form."""
    given = {name: value for name, value in options.items() if value is not None}
    return {name: "" if value == UNSET else value for name, value in given.items()}


def _command(interaction: Interaction, target: ReplyTarget) -> Ask:
    """Returns a command that asks no question, for its key and for where to reply."""
    return of_interaction(interaction, "", "question", "", target)
