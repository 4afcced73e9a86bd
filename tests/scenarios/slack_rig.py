"""Setting a Slack stage: the emulator and the real bot, in this process."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from bot.cli.serving import Platforms, connected
from bot.desk.policy import Policy
from bot.desk.service import Options
from bot.slack.access import Access
from tests.emulators.slack.registration import read_manifest
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios.articles import ARTICLES, Expert
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from index.documents.article import Article
    from retrieval.answers import Answerer
    from tests.emulators.slack.registration import Registration

Mode = Literal["socket", "http"]

MANIFEST = Path(__file__).parents[2] / "bot" / "slack" / "manifest.yaml"
QUICK = Options(policy=Policy(retry_s=0.2, sweep_s=0.2))


@cache
def registration() -> Registration:
    """The app as its manifest has it: what is not declared there does not work in any test."""
    return read_manifest(MANIFEST)


def options_in(folder: str | Path, options: Options = QUICK) -> Options:
    """The same with a database of its own, in a folder."""
    return replace(options, database_url=f"sqlite:///{Path(folder, 'state.db')}")


def access_to(slack: SlackEmulator, mode: Mode) -> Access:
    """What the bot needs to find the emulator and to be let in."""
    app = slack.registration
    return Access(
        app.bot_token, app.app_token, app.signing_secret,
        mode=mode, port=0, api_url=slack.api_url,
    )  # fmt: skip


class RunningBot:
    """The bot in this process: it can be stopped and started again."""

    def __init__(self, access: Access, answerer: Answerer, options: Options) -> None:
        self._access = access
        self._answerer = answerer
        self._options = options
        self._running = AsyncExitStack()

    async def start(self) -> str:
        """Connect; returns where HTTP deliveries go."""
        bot = connected(Platforms(slack=self._access), self._answerer, options=self._options)
        serving = await self._running.enter_async_context(bot)
        return f"http://127.0.0.1:{serving.port}/slack/events"

    async def stop(self) -> None:
        """Stop as a signal would: finish what was begun."""
        await self._running.aclose()


@asynccontextmanager
async def slack_stage(
    mode: Mode = "socket",
    answerer: Answerer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = QUICK,
) -> AsyncIterator[tuple[Stage, SlackEmulator]]:
    """A Slack with the bot in it; leaving checks what must always hold."""
    with TemporaryDirectory() as folder:
        async with SlackEmulator(registration(), mode) as slack:
            access, own = access_to(slack, mode), options_in(folder, options)
            bot = RunningBot(access, answerer or Expert(), own)
            slack.http.request_url = await bot.start()
            await slack.deliveries.transport.ready()
            stage = Stage(SlackDriver(slack, bot.stop), articles)
            try:
                yield stage, slack
                await stage.end()
            finally:
                await bot.stop()
