"""Setting a Slack stage: the emulator and the real bot, in one process or in two."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Literal

from bot.slack.access import Access
from bot.slack.app import connected
from tests.emulators.slack.registration import Registration
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios.articles import ARTICLES, Expert
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from index.spans import Article
    from retrieval.answers import Answerer

Mode = Literal["socket", "http"]

REGISTRATION = Registration(
    scopes=frozenset({"app_mentions:read", "chat:write", "commands", "im:history"}),
    events=frozenset({"app_mention", "message.im"}),
    commands=frozenset({"/ask"}),
)


def access_to(slack: SlackEmulator, mode: Mode) -> Access:
    """What the bot needs to find the emulator and to be let in."""
    registration = slack.registration
    return Access(
        registration.bot_token, registration.app_token, registration.signing_secret,
        mode=mode, port=0, api_url=slack.api_url,
    )  # fmt: skip


class RunningBot:
    """The bot in this process: it can be stopped and started again."""

    def __init__(self, slack: SlackEmulator, mode: Mode, answerer: Answerer) -> None:
        self._slack = slack
        self._mode: Mode = mode
        self._answerer = answerer
        self._running = AsyncExitStack()

    async def start(self) -> None:
        """Connect, and return when questions are heard."""
        access = access_to(self._slack, self._mode)
        connection = await self._running.enter_async_context(connected(access, self._answerer))
        if self._mode == "http":
            self._slack.http.request_url = f"http://127.0.0.1:{connection.port}/slack/events"
        else:
            await self._slack.sockets.ready()

    async def stop(self) -> None:
        """Stop as a signal would: finish what was begun."""
        await self._running.aclose()


@asynccontextmanager
async def slack_stage(
    mode: Mode = "socket",
    answerer: Answerer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
) -> AsyncIterator[tuple[Stage, SlackEmulator]]:
    """A Slack with the bot in it; leaving checks what must always hold."""
    async with SlackEmulator(REGISTRATION, mode) as slack:
        bot = RunningBot(slack, mode, answerer or Expert())
        await bot.start()
        stage = Stage(SlackDriver(slack, bot.stop), articles)
        try:
            yield stage, slack
            await stage.end()
        finally:
            await bot.stop()
