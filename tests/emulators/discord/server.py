"""One made-up Discord, listening on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from aiohttp import web

from tests.emulators.discord.faults import Faults
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.people import People
from tests.emulators.discord.rest import Rest
from tests.emulators.discord.world import World

if TYPE_CHECKING:
    from types import TracebackType

MADE_UP_TOKEN = "made.up.token"  # noqa: S105  # it opens nothing


class DiscordEmulator:
    """Everything together, for the time of an `async with` block.

    Leaving the block without an error fails if the bot did anything no correct bot does: an
    unknown route, a message that may alert somebody, a response that does not suit its question.
    """

    def __init__(self, *, approved: int = 0, shards: int = 1) -> None:
        self.world = World()
        self.faults = Faults()
        self.token = MADE_UP_TOKEN
        self.gateway = Gateway(self.world, self.token, approved=approved)
        self.gateway.shards = shards
        self.people = People(self.world, self.gateway)
        self.rest = Rest(self.world, self.token, self.gateway, self.faults)
        self.api_url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=2**20)
        application.router.add_route("*", "/api/v10/{path:.*}", self.rest.serve)
        application.router.add_get("/", self.gateway.serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}/api/v10"
        self.gateway.url = f"ws://{host}:{port}/"
        starts = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        self.world.gateway = {"url": self.gateway.url, "shards": self.gateway.shards,
                              "session_start_limit": starts}  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.rest.stop()
        for socket in list(self.gateway.sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if error is None:
            assert not self.world.problems, "\n".join(self.world.problems)
