"""Our own Discord as a platform of the rig."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.serving import Platforms
from bot.discord.access import Access
from bot.discord.sync import sync
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.server import DiscordEmulator
from tests.scenarios.articles import ARTICLES
from tests.scenarios.discord_driver import DiscordDriver
from tests.scenarios.discord_shown import read
from tests.scenarios.rig import QUICK, Call, stage_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.desk.service import Options
    from index.documents.article import Article
    from retrieval.answers import FindAnswer
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import MessageRef, Stage

ROUTES = {Call.REPLY: ("POST", "/messages"), Call.PRIVATE_ANSWER: ("PATCH", "webhooks/")}
REASONS = {"removed": 50001, "muted": 50013, "archived": 50083}


def access_to(discord: DiscordEmulator) -> Access:
    """Returns what the bot needs to find the emulator and to be let in."""
    return Access(discord.token, discord.api_url, discord.gateway.url, identify_every_s=0.0)


class Discord:
    """One emulated server, seen as any platform."""

    def __init__(self, emulator: DiscordEmulator) -> None:
        self.emulator = emulator
        self._world = emulator.world

    @property
    def access(self) -> Platforms:
        return Platforms(discord=access_to(self.emulator))

    @property
    def opened(self) -> int:
        return self.emulator.gateway.opened

    def driver(self, stop: Callable[[], Awaitable[None]]) -> DiscordDriver:
        return DiscordDriver(self.emulator, stop)

    async def ready(self, *, port: int = 0, bots: int = 1) -> None:  # noqa: ARG002  # it never calls us
        gateway = self.emulator.gateway
        await self._world.changes.wait_for(
            lambda: len(gateway.sockets) >= gateway.shards * bots, f"{bots} bots on every shard"
        )

    async def deserted(self) -> None:
        gateway = self.emulator.gateway
        await self._world.changes.wait_for(lambda: not gateway.sockets, "the bot to be gone")

    async def caught_up(self) -> None:
        await self.emulator.gateway.caught_up()

    def fail(self, call: Call, fault: Fault) -> None:
        self.emulator.faults.plan(*ROUTES[call], fault)

    def failures_left(self, call: Call) -> int:  # noqa: ARG002  # it counts all of them together
        return self.emulator.faults.left

    def tried(self, call: Call) -> list[float]:
        return [each.at for each in self.emulator.rest.called(*ROUTES[call])]

    def hide_next_reply(self) -> None:
        self.fail(Call.REPLY, Fault(silent=True, too_late=True))

    def some_minutes_pass(self) -> None:
        self._world.nonces.clear()

    async def searched(self) -> None:
        await self._called("GET", "/messages")

    async def disconnect(self) -> None:
        await self.emulator.gateway.reconnect()

    def cut(self) -> None:
        for socket in list(self.emulator.gateway.sockets):
            socket.cut()

    def shut(self, reason: str) -> None:
        self._world.channel(self._world.general).closed = REASONS[reason]

    def lose(self, ref: MessageRef) -> None:
        del self._world.channel(self._world.general).messages[ref.message]

    async def missed(self) -> None:
        await self._called("POST", "/messages")

    async def preview(self, ref: MessageRef) -> None:
        await self.emulator.people.preview(ref.conversation[0], ref.message)

    def updates(self) -> int:
        return len(self.emulator.rest.called("PATCH", "channels/"))

    def told(self) -> list[Shown]:
        return [read(message) for message in self._world.posted(self._world.direct_of_alice)]

    async def _called(self, method: str, part: str) -> None:
        called = self.emulator.rest.called
        await self._world.changes.wait_for(
            lambda: bool(called(method, part)), f"a call of {method} {part}"
        )


@asynccontextmanager
async def discord(shards: int = 1) -> AsyncIterator[Discord]:
    """Opens a Discord that knows the bot's commands."""
    async with DiscordEmulator(shards=shards) as emulator:
        await sync(access_to(emulator))
        yield Discord(emulator)


@asynccontextmanager
async def discord_stage(
    answerer: FindAnswer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = QUICK,
    *,
    shards: int = 1,
) -> AsyncIterator[tuple[Stage, DiscordEmulator]]:
    """A Discord with the bot in it; leaving checks what must always hold."""
    async with stage_on(discord(shards), answerer, articles, options) as (stage, platform):
        yield stage, platform.emulator
