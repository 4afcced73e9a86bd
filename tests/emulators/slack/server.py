"""One made-up Slack, listening on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from aiohttp import web

from tests.emulators.slack.api import WebApi
from tests.emulators.slack.delivery import Deliveries
from tests.emulators.slack.faults import Faults
from tests.emulators.slack.hooks import Hooks
from tests.emulators.slack.oauth import OAuth
from tests.emulators.slack.people import People
from tests.emulators.slack.signed_http import SignedHttp
from tests.emulators.slack.sockets import SocketMode
from tests.emulators.slack.workspace import Workspace

if TYPE_CHECKING:
    from types import TracebackType

    from tests.emulators.slack.registration import Registration

_MAX_BODY_BYTES = 10 * 2**20


class SlackEmulator:
    """Everything together, for the time of an `async with` block.

    Leaving the block without an error fails if the app did anything no correct app does: an
    unknown method, refused blocks, a message without a text for notifications.
    """

    def __init__(self, registration: Registration, mode: Literal["socket", "http"]) -> None:
        self.registration = registration
        self.workspace = Workspace()
        self.faults = Faults()
        self.sockets = SocketMode(self.workspace)
        self.http = SignedHttp(self.workspace, registration.signing_secret)
        self.deliveries = Deliveries(self.workspace)
        self.deliveries.transport = self.sockets if mode == "socket" else self.http
        self.hooks = Hooks(self.workspace, self.faults)
        self.people = People(self.workspace, registration, self.deliveries, self.hooks)
        self.api = WebApi(self.workspace, registration, self.faults, self.sockets.ticket)
        self.oauth = OAuth(registration, self.http)
        self.url = ""
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What the app uses in place of https://slack.com/api/."""
        return f"{self.url}/api/"

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=_MAX_BODY_BYTES)
        application.router.add_get("/oauth/v2/authorize", self.oauth.authorize)
        application.router.add_post("/api/oauth.v2.access", self.oauth.exchange)
        application.router.add_route("*", "/api/{method}", self._serve_api)
        application.router.add_get("/link/{ticket}", self.sockets.serve)
        application.router.add_post("/hooks/{hook}", self._serve_hook)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.hooks.base = self.url
        self.sockets.base = f"ws://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.api.stop()
        await self.deliveries.stop()
        for connection in list(self.sockets.connections):
            await connection.close()
        await self.http.close()
        if self._runner is not None:
            await self._runner.cleanup()
        if error is None:
            assert not self.workspace.problems, "\n".join(self.workspace.problems)

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        response = await self.api.serve(request)
        self.people.pass_on()
        return response

    async def _serve_hook(self, request: web.Request) -> web.StreamResponse:
        response = await self.hooks.serve(request)
        self.people.pass_on()
        return response
