"""Our own Slack as a platform of the rig."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.cli.serving import Platforms
from bot.slack.access import PING_EVERY_S, Access
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.registration import read_manifest
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, BOT_USER, GENERAL
from tests.scenarios.articles import ARTICLES
from tests.scenarios.rig import QUICK, Call, stage_on
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.slack_shown import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.desk.service import Options
    from index.documents.article import Article
    from retrieval.answers import FindAnswer
    from tests.emulators.slack.registration import Registration
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import MessageRef, Stage

Mode = Literal["socket", "http"]

MANIFEST = Path(__file__).parents[2] / "bot" / "slack" / "manifest.yaml"
METHODS = {Call.REPLY: "chat.postMessage", Call.PRIVATE_ANSWER: "response_url"}
GOING_AWAY = 1011


@cache
def registration() -> Registration:
    """Returns the app as its manifest has it: what is not declared there does not work here."""
    return read_manifest(MANIFEST)


def access_to(slack: SlackEmulator, mode: Mode) -> Access:
    """Returns what the bot needs to find the emulator and to be let in."""
    app = slack.registration
    return Access(
        app.bot_token, app.app_token, app.signing_secret,
        mode=mode, port=0, api_url=slack.api_url,
    )  # fmt: skip


class Slack:
    """One emulated workspace, seen as any platform."""

    def __init__(self, emulator: SlackEmulator, mode: Mode, ping_every_s: float) -> None:
        self.emulator = emulator
        self._mode = mode
        self._ping_every_s = ping_every_s
        self._space = emulator.workspace

    @property
    def access(self) -> Platforms:
        access = access_to(self.emulator, self._mode)
        return Platforms(slack=replace(access, ping_every_s=self._ping_every_s))

    @property
    def opened(self) -> int:
        return self.emulator.sockets.opened

    def driver(self, stop: Callable[[], Awaitable[None]]) -> SlackDriver:
        return SlackDriver(self.emulator, stop)

    async def ready(self, *, port: int = 0, bots: int = 1) -> None:
        self.emulator.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        await self.emulator.deliveries.transport.ready()
        if self._mode == "socket":
            sockets = self.emulator.sockets.connections
            await self._space.changes.wait_for(lambda: len(sockets) >= bots, f"{bots} bots")

    async def deserted(self) -> None:
        sockets = self.emulator.sockets
        await self._space.changes.wait_for(lambda: not sockets.connections, "the bot to be gone")

    async def caught_up(self) -> None:
        await self._space.changes.wait_for(lambda: self.emulator.deliveries.idle, "all deliveries")

    def fail(self, call: Call, fault: Fault) -> None:
        self.emulator.faults.plan(METHODS[call], replace(fault))

    def failures_left(self, call: Call) -> int:
        return self.emulator.faults.left(METHODS[call])

    def tried(self, call: Call) -> list[float]:
        return [each.at for each in self.emulator.api.called(METHODS[call])]

    def hide_next_reply(self) -> None:
        self.fail(Call.REPLY, Fault(silent=True, too_late=True))

    def some_minutes_pass(self) -> None:
        """Slack knows no such thing."""

    async def searched(self) -> None:
        await self._called("conversations.replies")

    async def disconnect(self) -> None:
        for connection in list(self.emulator.sockets.connections):
            await connection.close(code=GOING_AWAY)

    def cut(self) -> None:
        for connection in list(self.emulator.sockets.connections):
            connection.cut()

    def shut(self, reason: str) -> None:
        channel = self._space.channel(GENERAL)
        self._space.reactions.clear()  # the bot cannot take them away any more
        channel.archived = reason == "archived"
        if reason == "removed":
            channel.members.remove(BOT_USER)

    def lose(self, ref: MessageRef) -> None:
        self._space.reactions.clear()
        del self._space.channel(GENERAL).messages[ref.message]

    async def missed(self) -> None:
        await self._called("chat.delete")

    async def preview(self, ref: MessageRef) -> None:
        self.emulator.people.unfurl(ref.conversation[0], ref.message)

    def updates(self) -> int:
        return len(self.emulator.api.called("chat.update"))

    def told(self) -> list[Shown]:
        direct = self._space.posted(self._space.direct(ALICE).id)
        return [read(message) for message in [*direct, *self._space.ephemerals.values()]]

    async def _called(self, method: str) -> None:
        called = self.emulator.api.called
        await self._space.changes.wait_for(lambda: bool(called(method)), f"a call of {method}")


@asynccontextmanager
async def slack(
    mode: Mode = "socket", *, ping_every_s: float = PING_EVERY_S
) -> AsyncIterator[Slack]:
    """Opens a Slack."""
    async with SlackEmulator(registration(), mode) as emulator:
        yield Slack(emulator, mode, ping_every_s)


@asynccontextmanager
async def slack_stage(
    mode: Mode = "socket",
    answerer: FindAnswer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = QUICK,
) -> AsyncIterator[tuple[Stage, SlackEmulator]]:
    """A Slack with the bot in it; leaving checks what must always hold."""
    async with stage_on(slack(mode), answerer, articles, options) as (stage, platform):
        yield stage, platform.emulator
