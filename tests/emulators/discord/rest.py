"""The REST API: check the token, do it, write it down."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.emulators.discord import routes
from tests.emulators.discord.world import DiscordError

if TYPE_CHECKING:
    from tests.emulators.discord.faults import Fault, Faults
    from tests.emulators.discord.gateway import Gateway
    from tests.emulators.discord.world import World

ROOMY = 1_000  # calls a second and route: what the tests send is no load to Discord


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made, and what it was told."""

    method: str
    path: str
    sent: Any
    status: int
    answer: Any
    at: float


class Rest:
    """Serves /api/v10/…"""

    def __init__(self, world: World, token: str, gateway: Gateway, faults: Faults) -> None:
        self._world = world
        self._token = token
        self._gateway = gateway
        self._faults = faults
        self._stopped = asyncio.Event()
        self.calls: list[Call] = []

    def called(self, method: str, part: str) -> list[Call]:
        """Returns the calls of a method whose path holds that part, oldest first."""
        return [call for call in self.calls if call.method == method and part in call.path]

    def stop(self) -> None:
        """Releases the calls that were never answered."""
        self._stopped.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers one call as Discord would."""
        method, path = request.method, request.match_info["path"]
        sent = await _body(request)
        fault = self._faults.next(method, path)
        if fault is not None and fault.slow_s:
            await asyncio.sleep(fault.slow_s)
            fault = None
        if fault is None or fault.too_late:
            status, answer = self._answer(request, path, sent)
        else:
            status, answer = fault.status, fault.body
        self.calls.append(Call(method, path, sent, status, answer, time.perf_counter()))
        await self._gateway.pass_on()
        self._world.changes.notify()
        if fault is not None:
            return await self._fail(request, fault)
        headers = {"Via": "1.1 google"} | (_room(method, path) if status < 400 else {})
        return _json(answer, status, headers)

    async def _fail(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.silent:
            await self._stopped.wait()
        if (fault.silent or fault.status == 0) and request.transport is not None:
            request.transport.abort()
        return _json(fault.body, fault.status or 500, fault.headers)

    def _answer(self, request: web.Request, path: str, sent: Any) -> tuple[int, Any]:
        parts = path.split("/")
        by_token = parts[0] == "interactions" or (parts[0] == "webhooks" and len(parts) > 2)
        if not by_token and request.headers.get("Authorization") != f"Bot {self._token}":
            return 401, {"code": 0, "message": "401: Unauthorized"}
        try:
            answer = routes.answer(self._world, request.method, path, sent, dict(request.query))
        except DiscordError as error:
            return error.status, error.body
        return (204, None) if answer is None else (200, answer)


async def _body(request: web.Request) -> Any:
    """Returns what was sent, as JSON or with files beside it."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        sent = json.loads(str(form["payload_json"]))
        files = [form[name] for name in form if name.startswith("files")]
        sent["attachments"] = [
            {"id": str(row), "filename": file.filename, "size": 1, "url": "", "proxy_url": "",
             "content": file.file.read().decode()}
            for row, file in enumerate(files) if isinstance(file, web.FileField)
        ]  # fmt: skip
        return sent
    return json.loads(await request.text() or "{}")


def _json(answer: Any, status: int, headers: dict[str, str]) -> web.Response:
    """Returns an answer; discord.py reads it only if its type is this, without a charset."""
    if answer is None:
        return web.Response(status=status, headers=headers)
    kind = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers | kind)


def _room(method: str, path: str) -> dict[str, str]:
    """Returns how many calls of a route are left."""
    if not path.startswith("channels/"):
        return {}
    return {
        "X-RateLimit-Limit": str(ROOMY), "X-RateLimit-Remaining": str(ROOMY - 1),
        "X-RateLimit-Reset": str(time.time() + 1), "X-RateLimit-Reset-After": "1",
        "X-RateLimit-Bucket": f"{method}-{path.split('/')[2]}",
    }  # fmt: skip
