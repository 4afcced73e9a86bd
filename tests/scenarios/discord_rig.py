"""Setting a Discord stage: the emulator and the real bot, in this process."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.cli.serving import Platforms, Serving, connected
from bot.desk.policy import Policy
from bot.desk.service import Options
from bot.discord.access import Access
from bot.discord.sync import sync
from tests.emulators.discord.server import DiscordEmulator
from tests.scenarios.articles import ARTICLES, Expert
from tests.scenarios.discord_driver import DiscordDriver
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from index.documents.article import Article
    from retrieval.answers import Answerer

QUICK = Options(policy=Policy(retry_s=0.2, sweep_s=0.2))


def options_in(folder: str | Path, options: Options = QUICK) -> Options:
    """The same with a database of its own, in a folder."""
    return replace(options, database_url=f"sqlite:///{Path(folder, 'state.db')}")


def access_to(discord: DiscordEmulator) -> Access:
    """What the bot needs to find the emulator and to be let in."""
    return Access(discord.token, discord.api_url, discord.gateway.url, port=0)


class RunningBot:
    """The bot in this process: it can be stopped and started again."""

    def __init__(self, access: Access, answerer: Answerer, options: Options) -> None:
        self._access = access
        self._answerer = answerer
        self._options = options
        self._running = AsyncExitStack()

    async def start(self) -> Serving:
        """Connect."""
        bot = connected(Platforms(discord=self._access), self._answerer, options=self._options)
        return await self._running.enter_async_context(bot)

    async def stop(self) -> None:
        """Stop as a signal would: finish what was begun."""
        await self._running.aclose()


@asynccontextmanager
async def discord_stage(
    answerer: Answerer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = QUICK,
    *,
    shards: int = 1,
) -> AsyncIterator[tuple[Stage, DiscordEmulator]]:
    """A Discord with the bot in it; leaving checks what must always hold."""
    with TemporaryDirectory() as folder:
        async with DiscordEmulator(shards=shards) as discord:
            access, own = access_to(discord), options_in(folder, options)
            await sync(access)
            bot = RunningBot(access, answerer or Expert(), own)
            await bot.start()
            await discord.gateway.ready()
            stage = Stage(DiscordDriver(discord, bot.stop), articles)
            try:
                yield stage, discord
                await stage.end()
            finally:
                await bot.stop()
