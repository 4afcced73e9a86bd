"""Serving Slack, Discord or both in one process, from one desk."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chat.health import Health
from bot.chat.http_listener import listening
from bot.desk.service import open_desk
from bot.discord import app as discord_app
from bot.slack import app as slack_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.desk.desk import Desk
    from bot.desk.service import Options
    from bot.discord.access import Access as DiscordAccess
    from bot.slack.access import Access as SlackAccess
    from retrieval.answers import FindAnswer


@dataclass(frozen=True, slots=True)
class Platforms:
    """What lets the bot into each platform; None for a platform that is not served."""

    slack: SlackAccess | None = None
    discord: DiscordAccess | None = None

    def __post_init__(self) -> None:
        if self.slack is None and self.discord is None:
            raise ValueError("there is no platform to serve")


@dataclass(frozen=True, slots=True)
class Serving:
    """What is running.

    Attributes:
        desk: The desk that all platforms share.
        port: The port of the HTTP listener; 0 where nothing listens.
        ended: Tasks that end, with the reason as their exception, when a platform shuts us out.
    """

    desk: Desk
    port: int
    ended: tuple[asyncio.Task[None], ...] = ()


async def serve(
    platforms: Platforms,
    answerer: FindAnswer,
    *,
    options: Options,
    started: Callable[[Serving], None] | None = None,
) -> None:
    """Answers until the process is told to stop; then finishes what was begun.

    Raises:
        PlatformError: A token is missing or refused, now or later, or a platform is out of reach.
        SettingsError: The database cannot be used.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with connected(platforms, answerer, options=options) as serving:
        if started is not None:
            started(serving)
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait({waiting, *serving.ended}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for ended in serving.ended:
            if ended.done():
                ended.result()


@contextlib.asynccontextmanager
async def connected(
    platforms: Platforms, answerer: FindAnswer, *, options: Options
) -> AsyncIterator[Serving]:
    """Connects all platforms to one desk until the block ends.

    Raises:
        PlatformError: A token is missing or refused, or a platform is out of reach.
        SettingsError: The database cannot be used.
    """
    async with contextlib.AsyncExitStack() as running:
        desk = await running.enter_async_context(open_desk(answerer, options))
        health = Health(desk)
        if platforms.slack is not None:
            port = await running.enter_async_context(
                slack_app.attached(platforms.slack, desk, options=options, health=health)
            )
        elif platforms.discord is not None:
            port = await running.enter_async_context(listening(health, platforms.discord.port))
        ended: tuple[asyncio.Task[None], ...] = ()
        if platforms.discord is not None:
            discord = await running.enter_async_context(
                discord_app.attached(platforms.discord, desk, options=options, health=health)
            )
            ended = (discord.ended,)
        yield Serving(desk, port, ended)
