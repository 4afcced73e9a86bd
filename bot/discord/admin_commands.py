"""Steering from inside Discord: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, cast

import discord

from bot.chat.gaps import gap_lines
from bot.chat.reports import (
    MAX_EXPORTED,
    MODES,
    NO_GAPS,
    NO_SHARE,
    gap_words,
    languages,
    read_folders,
    read_share,
    status_lines,
)
from bot.discord.deferral import defer_reply
from bot.discord.embeds import message
from bot.discord.incoming import PLATFORM, spot_of
from bot.discord.sending import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.desk import Desk
    from bot.discord.incoming import Interaction
    from bot.page.facts import Facts
    from bot.state.ask import Key
    from bot.state.channel_rules import Mode, Rules

NOT_ALLOWED = "Only people who may manage this server may do that."
USUAL = "*"
HIDDEN = (
    "Discord shows this bot only messages that name it or reply to it;"
    " whoever runs it can change that by DISCORD_MESSAGE_CONTENT."
)


class AdminCommands:
    """What those who manage a server set, and what everybody may look up."""

    def __init__(self, desk: Desk, facts: Callable[[], Facts], *, reads_all: bool) -> None:
        self._desk = desk
        self._facts = facts
        self._reads_all = reads_all

    async def status_wanted(self, interaction: Interaction) -> None:
        """Say what the bot knows and how it is."""
        if await defer_reply(interaction) is not None:
            await _say(interaction, "\n".join(status_lines(self._facts(), self._desk)))

    async def gaps_wanted(self, interaction: Interaction) -> None:
        """List what the articles did not answer, and attach it as lines to replay."""
        if not await self._may_go_on(interaction):
            return
        workspace = _key(interaction).workspace
        gaps = await self._desk.state.gaps(PLATFORM, workspace, MAX_EXPORTED)
        if not gaps:
            await _say(interaction, NO_GAPS)
            return
        heading, listed = gap_words(gaps)
        lines = "".join(f"{line}\n" for line in gap_lines(gaps)).encode()
        file = discord.File(BytesIO(lines), "gaps.jsonl")
        payload = message("\n".join([heading, *listed]))
        await interaction.edit_original_response(**changes(payload), attachments=[file])

    async def configured(
        self,
        interaction: Interaction,
        *,
        mode: str | None,
        folders: str | None,
        threshold: str | None,
        language: str | None,
    ) -> None:
        """Change what was given, and show what holds in this channel then."""
        if not await self._may_go_on(interaction):
            return
        key = _key(interaction)
        rules = await self._desk.state.rules(key)
        try:
            wanted = _changed(rules, folders=folders, threshold=threshold)
        except ValueError:
            await _say(interaction, f"threshold: {NO_SHARE}")
            return
        wanted = replace(
            wanted,
            mode=cast("Mode", mode) if mode in MODES else wanted.mode,
            language=language if language in languages() else wanted.language,
        )
        if wanted != rules:
            await self._desk.state.set_rules(key, wanted)
        hidden = wanted.mode != "mention" and not self._reads_all
        await _say(interaction, "\n".join([*_described(wanted), *([HIDDEN] if hidden else [])]))

    async def _may_go_on(self, interaction: Interaction) -> bool:
        """Whether they manage the server, or are alone with the bot; they are told if not."""
        if await defer_reply(interaction) is None:
            return False
        if interaction.guild_id is None or interaction.permissions.manage_guild:
            return True
        await _say(interaction, NOT_ALLOWED)
        return False


def _changed(rules: Rules, *, folders: str | None, threshold: str | None) -> Rules:
    """The rules with what was typed in their place; a star stands for nothing.

    Raises:
        ValueError: The threshold is no number from 0 to 1.
    """
    if folders is not None:
        rules = replace(rules, folders=read_folders("" if folders == USUAL else folders))
    if threshold is not None:
        rules = replace(rules, threshold=read_share("" if threshold == USUAL else threshold))
    return rules


def _described(rules: Rules) -> list[str]:
    """What holds, line by line."""
    threshold = "as usual" if rules.threshold is None else f"{rules.threshold:g}"
    return [
        "In this channel:",
        f"When to answer: {MODES[rules.mode]}",
        f"Only articles in these folders: {', '.join(rules.folders) or 'all'}",
        f"Least certainty: {threshold}",
        f"Language of the fixed words: {languages().get(rules.language, rules.language)}",
    ]


def _key(interaction: Interaction) -> Key:
    spot = spot_of(interaction.channel, interaction.channel_id or 0, interaction.guild_id)
    return spot.key("")


async def _say(interaction: Interaction, words: str) -> None:
    """Keep the promise with fixed words."""
    await interaction.edit_original_response(**changes(message(words)))
