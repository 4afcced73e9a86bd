"""Declares the commands: /ask, Find the source, and those for status, gaps and rules."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.chat.channel_settings import SETTINGS, ChoiceSetting
from bot.discord.deferral import defer_reply, private_target
from bot.discord.incoming import (
    PLATFORM,
    Interaction,
    claimed_in,
    interaction_location,
    of_interaction,
    spoken,
)
from bot.discord.localisation import localised
from bot.page.command_phrases import CommandPhrases

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.discord.admin_commands import AdminCommands
    from bot.discord.deferral import Deferrals
    from bot.state.ask import Ask

MAX_CHOICES, MAX_CHOICE_CHARS = 25, 100
MAX_QUESTION_CHARS = 2_000
# Discord waits 3 seconds for the deferral. A claim takes milliseconds, unless the state is away.
LONGEST_CLAIM_S = 1.0
FIND_SOURCE = CommandPhrases.find_source.en

Tree = app_commands.CommandTree[Any]


class QuestionCommands:
    """Handles the commands that ask something."""

    def __init__(self, desk: Desk, deferrals: Deferrals) -> None:
        self._desk = desk
        self._deferrals = deferrals

    async def ask(self, interaction: Interaction, question: str) -> None:
        """`/ask`: answers the asker alone."""
        name, target = f"command:{interaction.id}", private_target(interaction)
        ask = of_interaction(interaction, spoken(question), "question", name, target)
        await self._accept(interaction, ask)

    async def find_source(self, interaction: Interaction, message: discord.Message) -> None:
        """Answers the asker alone with the clipping that is closest to what a message claims."""
        name, target = f"source:{interaction.id}", private_target(interaction)
        ask = of_interaction(interaction, claimed_in(message), "source", name, target)
        await self._accept(interaction, ask)

    async def recent(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        """Returns the asker's own earlier questions that hold what they have typed so far."""
        user = str(interaction.user.id)
        kept = await self._desk.state.recent_questions(
            PLATFORM, interaction_location(interaction).workspace, user, 4 * MAX_CHOICES
        )
        fitting = [
            question
            for question in kept
            if typed.lower() in question.lower() and len(question) <= MAX_CHOICE_CHARS
        ]
        return [Choice(name=question, value=question) for question in fitting[:MAX_CHOICES]]

    async def _accept(self, interaction: Interaction, ask: Ask) -> None:
        """Hands a question to the desk, then tells Discord that the reply will come.

        In this order: Discord never tells of the question again, so whoever was told to wait would
        wait in vain if the process ended before the claim. Only a claim that takes too long, since
        the state is away, comes after the deferral.
        """
        with self._deferrals.to_come(interaction.token):
            accepting = asyncio.create_task(self._desk.accept(ask))
            await asyncio.wait({accepting}, timeout=LONGEST_CLAIM_S)
            await defer_reply(interaction)
        await accepting


def add_question_commands(tree: Tree, handlers: QuestionCommands) -> None:
    """Adds /ask and Find the source to the commands."""

    @tree.command(name="ask", description=localised(CommandPhrases.ask))
    @app_commands.describe(question=localised(CommandPhrases.question))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(interaction: Interaction, question: Range[str, 1, MAX_QUESTION_CHARS]) -> None:
        await handlers.ask(interaction, question)

    @ask.autocomplete("question")
    async def recent(interaction: Interaction, current: str) -> list[Choice[str]]:
        return await handlers.recent(interaction, current)

    @tree.context_menu(name=localised(CommandPhrases.find_source))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def find_source(interaction: Interaction, message: discord.Message) -> None:
        await handlers.find_source(interaction, message)


def add_admin_commands(tree: Tree, handlers: AdminCommands) -> None:
    """Adds /ask-status, /ask-config and /ask-gaps to the commands.

    The options of /ask-config are the settings of a channel. discord.py raises TypeError at the
    start where the signature below lacks a setting.
    """

    @tree.command(name="ask-status", description=localised(CommandPhrases.status))
    @app_commands.allowed_installs(guilds=True, users=False)
    async def status(interaction: Interaction) -> None:
        await handlers.show_status(interaction)

    @tree.command(name="ask-gaps", description=localised(CommandPhrases.gaps))
    @app_commands.default_permissions(manage_channels=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def gaps(interaction: Interaction) -> None:
        await handlers.show_gaps(interaction)

    @tree.command(name="ask-config", description=localised(CommandPhrases.config))
    @app_commands.describe(**{each.name: localised(each.option_label) for each in SETTINGS})
    @app_commands.choices(**_choices())
    @app_commands.default_permissions(manage_channels=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def config(
        interaction: Interaction,
        mode: str | None = None,
        folders: str | None = None,
        threshold: str | None = None,
        language: str | None = None,
        default_folders: str | None = None,
    ) -> None:
        options = {
            "mode": mode,
            "folders": folders,
            "threshold": threshold,
            "language": language,
            "default_folders": default_folders,
        }
        await handlers.configure(interaction, options)


def _choices() -> dict[str, list[Choice[str]]]:
    """Returns the choices of each option of /ask-config that has some."""
    return {
        setting.name: [
            Choice(name=localised(text), value=value) for value, text in setting.choices.items()
        ]
        for setting in SETTINGS
        if isinstance(setting, ChoiceSetting)
    }
