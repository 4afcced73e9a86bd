"""Stands between the bot and local-slack, and says what local-slack understands."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import WSMsgType, web

from tests.workspace.plain_blocks import Json, drawable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_SILENT = ("assistant.", "functions.")  # methods local-slack does not have; nothing to show


class Interpreter:
    """Passes everything on in both directions, blocks in simpler words."""

    def __init__(self, local_slack: str, session: aiohttp.ClientSession) -> None:
        self._local_slack = local_slack
        self._session = session
        self.url = ""

    async def call(self, request: web.Request) -> web.Response:
        """Passes one Web API call on."""
        method = request.match_info["method"]
        if method.startswith(_SILENT):
            return web.json_response({"ok": True})
        args = dict(request.query) | await _arguments(request)
        headers = {"Authorization": request.headers.get("Authorization", "")}
        url = f"{self._local_slack}/api/{method}"
        async with self._session.post(url, json=_simplified(args), headers=headers) as response:
            answer: Json = await response.json()
        if method == "apps.connections.open" and "url" in answer:
            answer["url"] = f"{self.url.replace('http', 'ws', 1)}/link?to={answer['url']}"
        return web.json_response(answer, status=response.status)

    async def hook(self, request: web.Request) -> web.Response:
        """Passes one message to a response_url on."""
        url = f"{self._local_slack}{request.path}"
        async with self._session.post(url, json=_simplified(await request.json())) as response:
            return web.Response(text=await response.text(), status=response.status)

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Passes one Socket Mode connection on."""
        ours = web.WebSocketResponse()
        await ours.prepare(request)
        async with self._session.ws_connect(request.query["to"]) as theirs:
            back = asyncio.create_task(self._pass_back(ours, theirs))
            async for frame in theirs:
                if frame.type is WSMsgType.TEXT:
                    await ours.send_str(frame.data.replace(self._local_slack, self.url))
            back.cancel()
        await ours.close()
        return ours

    async def _pass_back(
        self, ours: web.WebSocketResponse, theirs: aiohttp.ClientWebSocketResponse
    ) -> None:
        async for frame in ours:
            if frame.type is WSMsgType.TEXT:
                await theirs.send_str(frame.data)
        await theirs.close()


@asynccontextmanager
async def interpreted(local_slack: str) -> AsyncIterator[str]:
    """Runs an interpreter on loopback until the block ends; yields its address."""
    async with aiohttp.ClientSession() as session:
        interpreter = Interpreter(local_slack, session)
        application = web.Application()
        application.router.add_route("*", "/api/{method}", interpreter.call)
        application.router.add_post("/_hooks/{rest:.*}", interpreter.hook)
        application.router.add_get("/link", interpreter.link)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        interpreter.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield interpreter.url
        finally:
            await runner.cleanup()


async def _arguments(request: web.Request) -> Json:
    """Reads what the client sent, a form or JSON; JSON inside a form is decoded."""
    text = await request.text()
    if request.content_type == "application/json":
        return dict(json.loads(text or "{}"))
    args: Json = dict(parse_qsl(text, keep_blank_values=True))
    for name in ("blocks", "view", "metadata"):
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    return args


def _simplified(args: Json) -> Json:
    simpler: dict[str, Any] = dict(args)
    if args.get("blocks"):
        simpler["blocks"] = drawable(args["blocks"])
    if args.get("view"):
        simpler["view"] = args["view"] | {"blocks": drawable(args["view"]["blocks"])}
    return simpler
