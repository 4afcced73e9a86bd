"""Running the platforms that the settings have tokens for.

A function imports the platforms that it needs: the conversation in the terminal need not wait for
them.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bot.cli.asking import converse
from bot.cli.consoles import ERR
from bot.cli.exits import ANSWERED
from bot.cli.logs import set_up_logs
from bot.cli.opening import open_answerer
from bot.cli.terminal import TerminalProgress
from config.settings import secrets_of

if TYPE_CHECKING:
    from config.settings import Settings


def run(settings: Settings) -> int:
    """Answers on each platform whose tokens are set; in the terminal where there are none.

    Returns:
        The exit status.
    """
    slack = settings.slack_bot_token is not None or bool(settings.slack_client_id)
    discord = settings.discord_token is not None
    if slack or discord:
        return serve_in(settings, slack=slack, discord=discord)
    ERR.print(
        "Neither SLACK_BOT_TOKEN is set nor DISCORD_TOKEN, so this is the terminal chat;"
        " README.md shows how to set up Slack and Discord."
    )
    return converse(settings)


def serve_in(settings: Settings, *, slack: bool = False, discord: bool = False) -> int:
    """Answers in Slack, in Discord or in both until the process is told to stop.

    Returns:
        The exit status.

    Raises:
        ClippingError: Something is missing or refused; one sentence says what.
    """
    from bot.cli.live_facts import LiveFacts, facts_of  # noqa: PLC0415  -- see above
    from bot.cli.serving import Platforms, serve  # noqa: PLC0415  -- see above
    from bot.cli.wiring import (  # noqa: PLC0415  -- see above
        discord_access_of,
        options_of,
        site_of,
        slack_access_of,
    )

    set_up_logs(
        as_json=settings.log_format == "json",
        level=settings.log_level,
        questions=settings.log_questions,
        secrets=secrets_of(settings),
    )
    platforms = Platforms(
        slack_access_of(settings) if slack else None,
        discord_access_of(settings) if discord else None,
        site_of(settings),
    )
    answerer = open_answerer(settings, TerminalProgress(ERR))
    facts = LiveFacts(facts_of(answerer.library, settings.library))
    options = replace(options_of(settings), facts=facts)
    with facts.finding_examples(answerer.library, answerer):
        asyncio.run(serve(platforms, answerer, options=options))
    return ANSWERED


def sync_discord(settings: Settings) -> int:
    """Tells Discord which commands there are, and prints the link that invites the bot.

    Returns:
        The exit status.

    Raises:
        PlatformError: Discord refuses the token, or cannot be reached.
    """
    from bot.cli.wiring import discord_access_of  # noqa: PLC0415  -- see above
    from bot.discord.sync import sync  # noqa: PLC0415  -- see above

    synced = asyncio.run(sync(discord_access_of(settings)))
    ERR.print(f"Discord knows {', '.join(synced.names)}. Invite the bot with this link:")
    click.echo(synced.invitation)
    return ANSWERED
