"""Serving Slack, Discord or both in one process, from one desk."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.chat.health import Health
from bot.chat.http_listener import Site, listening
from bot.cli.supervision import supervised
from bot.desk.service import open_desk
from bot.discord import app as discord_app
from bot.discord import incoming as discord_incoming
from bot.slack import app as slack_app
from bot.slack import incoming as slack_incoming

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.cli.supervision import Attach
    from bot.desk.desk import Desk
    from bot.desk.service import Options
    from bot.discord.access import Access as DiscordAccess
    from bot.slack.access import Access as SlackAccess
    from retrieval.answers import FindAnswer


@dataclass(frozen=True, slots=True)
class Platforms:
    """What lets the bot into each platform; None for a platform that is not served.

    Attributes:
        site: Where health and metrics can be read.
    """

    slack: SlackAccess | None = None
    discord: DiscordAccess | None = None
    site: Site = field(default_factory=Site)

    def __post_init__(self) -> None:
        if self.slack is None and self.discord is None:
            raise ValueError("there is no platform to serve")


@dataclass(frozen=True, slots=True)
class Serving:
    """What is running.

    Attributes:
        desk: The desk that all platforms share.
        port: The port where Slack delivers by HTTP; 0 where it does not.
        health_port: The port of health and metrics; 0 where nothing listens.
        ended: The task of each platform that keeps it connected; it ends for no reason of the
            platform's.
    """

    desk: Desk
    port: int
    health_port: int
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
        PlatformError: A token is missing or refused, or a platform is out of reach at the start.
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
        health_port = await running.enter_async_context(listening(health, platforms.site))
        port = 0
        ended: list[asyncio.Task[None]] = []
        for name, attach in _attaching(platforms, desk, options, health).items():
            first, task = await running.enter_async_context(supervised(name, attach, health))
            port = port or first.port
            ended.append(task)
        yield Serving(desk, port, health_port, tuple(ended))


def _attaching(
    platforms: Platforms, desk: Desk, options: Options, health: Health
) -> dict[str, Attach]:
    """Returns what connects each platform, by its name."""
    found: dict[str, Attach] = {}
    if platforms.slack is not None:
        found[slack_incoming.PLATFORM] = partial(
            slack_app.attached, platforms.slack, desk, options=options, health=health
        )
    if platforms.discord is not None:
        found[discord_incoming.PLATFORM] = partial(
            discord_app.attached, platforms.discord, desk, options=options, health=health
        )
    return found
