"""Setting a stage on any platform: its emulator, and the real bot in this process."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.cli.serving import Serving, connected
from bot.desk.policy import Policy
from bot.desk.service import Options
from tests.scenarios.articles import ARTICLES, Expert
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.cli.serving import Platforms
    from index.documents.article import Article
    from retrieval.answers import FindAnswer
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Driver, MessageRef

QUICK = Options(policy=Policy(busy_after_s=0.1, retry_s=0.05, sweep_s=0.1))


class Call(Enum):
    """What the bot asks of a platform, and what can be made to fail."""

    REPLY = "to post a reply that everybody sees"
    PRIVATE_ANSWER = "to show an answer to its asker alone"


class Reachable(Protocol):
    """What a bot can be connected to."""

    @property
    def access(self) -> Platforms:
        """The bot's way in."""

    async def ready(self, *, port: int = 0, bots: int = 1) -> None:
        """Waits until so many bots are connected, or can be reached by HTTP on a port."""

    async def deserted(self) -> None:
        """Waits until no connection of the bot is left."""


class Platform(Reachable, Protocol):
    """An emulated platform with nobody in it yet, and what scenarios need beside its people."""

    @property
    def opened(self) -> int:
        """Counts the connections that the bot has opened so far."""

    def driver(self, stop: Callable[[], Awaitable[None]]) -> Driver:
        """Returns a driver that stops the bot with `stop`."""

    async def caught_up(self) -> None:
        """Waits until the bot has heard of everything that happened."""

    def fail(self, call: Call, fault: Any) -> None:
        """Lets the next calls of a kind fail in a way of the platform's own."""

    def failures_left(self, call: Call) -> int:
        """Counts the failures of a kind that are still to come."""

    def tried(self, call: Call) -> list[float]:
        """Returns when each call of a kind arrived, in seconds."""

    def hide_next_reply(self) -> None:
        """Shows the next reply that the bot posts, but never tells the bot that it did."""

    def some_minutes_pass(self) -> None:
        """Forgets what makes a call that is repeated at once harmless."""

    async def searched(self) -> None:
        """Waits until the bot has looked for an earlier reply of its own."""

    async def disconnect(self) -> None:
        """Ends every connection, as a restart of the platform does."""

    def cut(self) -> None:
        """Drops every connection without a word."""

    def shut(self, reason: str) -> None:
        """Takes the bot's right to write in the channel, for one of the platform's reasons."""

    def lose(self, ref: MessageRef) -> None:
        """Deletes a question in the channel and does not tell the bot."""

    async def missed(self) -> None:
        """Waits until the bot has noticed that a lost question is gone."""

    async def preview(self, ref: MessageRef) -> None:
        """Adds a preview of a link to a question, which changes none of its words."""

    def updates(self) -> int:
        """Counts the replies that the bot has changed."""

    def told(self) -> list[Shown]:
        """Returns what Alice was told in private, beside or instead of a reply."""


PlatformT = TypeVar("PlatformT", bound=Platform)


def options_in(folder: str | Path, options: Options = QUICK) -> Options:
    """Returns the same options with a database of their own, in a folder."""
    return replace(options, database_url=f"sqlite:///{Path(folder, 'state.db')}")


class RunningBot:
    """The bot in this process: it can be stopped and started again."""

    def __init__(self, access: Platforms, answerer: FindAnswer, options: Options) -> None:
        self._access = access
        self._answerer = answerer
        self._options = options
        self._running = AsyncExitStack()

    async def start(self) -> Serving:
        """Connects."""
        bot = connected(self._access, self._answerer, options=self._options)
        return await self._running.enter_async_context(bot)

    async def stop(self) -> None:
        """Stops as a signal would: finishes what was begun."""
        await self._running.aclose()


@asynccontextmanager
async def stage_on(
    opening: AbstractAsyncContextManager[PlatformT],
    answerer: FindAnswer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = QUICK,
) -> AsyncIterator[tuple[Stage, PlatformT]]:
    """A platform with the bot in it; leaving checks what must always hold."""
    with TemporaryDirectory() as folder:
        async with opening as platform:
            bot = RunningBot(platform.access, answerer or Expert(), options_in(folder, options))
            serving = await bot.start()
            await platform.ready(port=serving.port)
            stage = Stage(platform.driver(bot.stop), articles)
            async with played(stage, bot.stop):
                yield stage, platform


@asynccontextmanager
async def played(stage: Stage, leave: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Checks at the end of the block what must always hold; leaves in any case."""
    try:
        yield
        await stage.end()
    finally:
        await leave()
