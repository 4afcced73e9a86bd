"""Commands: /ask, Find the source, and those that steer the bot from inside Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.reports import MODES, languages
from bot.discord.deferral import defer_reply
from bot.discord.incoming import (
    PLATFORM,
    Interaction,
    of_interaction,
    spoken,
    spot_of,
)

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.discord.admin_commands import AdminCommands
    from bot.discord.incoming import Place

MAX_CHOICES, MAX_CHOICE_CHARS = 25, 100
MAX_QUESTION_CHARS = 2_000
FIND_SOURCE = "Find the source"

Tree = app_commands.CommandTree[Any]


class Asking:
    """Questions asked by command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def asked(self, interaction: Interaction, question: str) -> None:
        """`/ask`: the asker alone sees the answer."""
        place = await defer_reply(interaction)
        if place is not None:
            name = f"command:{interaction.id}"
            ask = of_interaction(interaction, spoken(question), "question", name, place)
            await self._desk.accept(ask)

    async def source_wanted(self, interaction: Interaction, message: discord.Message) -> None:
        """Which clipping is closest to what a message claims?"""
        place: Place | None = await defer_reply(interaction)
        if place is not None:
            name = f"source:{interaction.id}"
            claim = spoken(message.content)
            ask = of_interaction(interaction, claim, "source", name, place)
            await self._desk.accept(ask)

    async def recent(self, interaction: Interaction, begun: str) -> list[Choice[str]]:
        """What that person asked before, as far as it holds what they have typed."""
        spot = spot_of(interaction.channel, interaction.channel_id or 0, interaction.guild_id)
        user = str(interaction.user.id)
        kept = await self._desk.state.recent_questions(
            PLATFORM, spot.workspace, user, 4 * MAX_CHOICES
        )
        fitting = [
            question
            for question in kept
            if begun.lower() in question.lower() and len(question) <= MAX_CHOICE_CHARS
        ]
        return [Choice(name=question, value=question) for question in fitting[:MAX_CHOICES]]


def add_asking(tree: Tree, asking: Asking) -> None:
    """Add /ask and Find the source to the commands."""

    @tree.command(name="ask", description="Ask the articles; only you see the answer")
    @app_commands.describe(question="What you want to know")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(interaction: Interaction, question: Range[str, 1, MAX_QUESTION_CHARS]) -> None:
        await asking.asked(interaction, question)

    @ask.autocomplete("question")
    async def recent(interaction: Interaction, current: str) -> list[Choice[str]]:
        return await asking.recent(interaction, current)

    @tree.context_menu(name=FIND_SOURCE)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def find_source(interaction: Interaction, message: discord.Message) -> None:
        await asking.source_wanted(interaction, message)


def add_steering(tree: Tree, steering: AdminCommands) -> None:
    """Add /ask-status, /ask-config and /ask-gaps to the commands."""

    @tree.command(name="ask-status", description="What the bot knows, and how it is")
    @app_commands.allowed_installs(guilds=True, users=False)
    async def status(interaction: Interaction) -> None:
        await steering.status_wanted(interaction)

    @tree.command(name="ask-gaps", description="Questions the articles did not answer well")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def gaps(interaction: Interaction) -> None:
        await steering.gaps_wanted(interaction)

    @tree.command(name="ask-config", description="See or change what holds in this channel")
    @app_commands.describe(
        mode="When to answer",
        folders="Only articles in these folders, with commas between them; * for all",
        threshold="Least certainty, from 0 to 1; * for the usual",
        language="Language of the fixed words",
    )
    @app_commands.choices(
        mode=[Choice(name=words, value=mode) for mode, words in MODES.items()],
        language=[Choice(name=words, value=code) for code, words in languages().items()],
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def config(
        interaction: Interaction,
        mode: str | None = None,
        folders: str | None = None,
        threshold: str | None = None,
        language: str | None = None,
    ) -> None:
        await steering.configured(
            interaction, mode=mode, folders=folders, threshold=threshold, language=language
        )
