"""What people set and look up from inside Discord: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import discord

from bot.chat.channel_settings import change_rules, list_rules
from bot.chat.reports import MAX_EXPORTED_GAPS, gaps_report, status_report
from bot.discord.deferral import defer_reply
from bot.discord.embeds import message
from bot.discord.incoming import PLATFORM, interaction_location
from bot.discord.sending import changes
from bot.page.phrases import phrases_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.desk.desk import Desk
    from bot.discord.incoming import Interaction
    from bot.page.facts import Facts
    from bot.state.ask import Key

UNSET = "*"  # stands for an empty text, which Discord does not take as an option
EXPORT_NAME = "gaps.jsonl"


class AdminCommands:
    """Handles the commands by which admins set a channel up, and people look up the bot's state."""

    def __init__(self, desk: Desk, facts: Callable[[], Facts], *, reads_all: bool) -> None:
        self._desk = desk
        self._facts = facts
        self._reads_all = reads_all

    async def show_status(self, interaction: Interaction) -> None:
        """Tells the asker what the bot knows and how it is."""
        if await defer_reply(interaction) is not None:
            phrases = await self._desk.state.phrases(_key(interaction))
            await _answer(interaction, status_report(self._facts(), self._desk, phrases))

    async def show_gaps(self, interaction: Interaction) -> None:
        """Lists what the articles did not answer, and attaches it as lines to replay."""
        if not await self._is_admitted(interaction):
            return
        key = _key(interaction)
        gaps = await self._desk.state.gaps(PLATFORM, key.workspace, MAX_EXPORTED_GAPS)
        report = gaps_report(gaps, await self._desk.state.phrases(key))
        export = "".join(f"{line}\n" for line in report.json_lines)
        await _answer(interaction, [report.heading, *report.listed], export=export)

    async def configure(self, interaction: Interaction, options: Mapping[str, str | None]) -> None:
        """Changes the rules that were given as options, and lists what holds in the channel then.

        The list is in the new language of the channel, errors are in the old one.
        """
        if not await self._is_admitted(interaction):
            return
        key = _key(interaction)
        rules = await self._desk.state.rules(key)
        wanted, problems = change_rules(rules, _entries(options))
        if problems:
            await _answer(interaction, [f"{name}: {text}" for name, text in problems.items()])
            return
        if wanted != rules:
            await self._desk.state.set_rules(key, wanted)
        lines = list_rules(wanted)
        if wanted.mode != "mention" and not self._reads_all:
            lines.append(phrases_in(wanted.language).settings.hidden_messages)
        await _answer(interaction, lines)

    async def _is_admitted(self, interaction: Interaction) -> bool:
        """Returns whether the asker manages the server or is alone with the bot; tells them if not.

        Returns False where the command came too late to be answered.
        """
        if await defer_reply(interaction) is None:
            return False
        if interaction.guild_id is None or interaction.permissions.manage_guild:
            return True
        phrases = await self._desk.state.phrases(_key(interaction))
        await _answer(interaction, [phrases.settings.discord_managers_only])
        return False


def _entries(options: Mapping[str, str | None]) -> dict[str, str]:
    """Returns the options that were given, as somebody would type them into a form."""
    given = {name: value for name, value in options.items() if value is not None}
    return {name: "" if value == UNSET else value for name, value in given.items()}


def _key(interaction: Interaction) -> Key:
    return interaction_location(interaction).key("")


async def _answer(interaction: Interaction, lines: Sequence[str], *, export: str = "") -> None:
    """Shows lines in place of the reply that was deferred, with a file where there is one."""
    shown = changes(message("\n".join(lines)))
    if export:
        shown["attachments"] = [discord.File(BytesIO(export.encode()), EXPORT_NAME)]
    await interaction.edit_original_response(**shown)
