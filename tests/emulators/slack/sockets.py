"""Socket Mode: WebSocket connections that carry envelopes out and acknowledgements back."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from tests.emulators.slack.delivery import ACK_TIMEOUT_S, UndeliveredError
from tests.emulators.slack.workspace import APP_ID, Json, SlackError, Workspace

MAX_CONNECTIONS = 10
_HOST = {"host": "applink-made-up", "build_number": 1, "approximate_connection_time": 18060}


class Connection:
    """One WebSocket of the app.

    Attributes:
        deaf: Nothing comes out of it and nothing is heard, while it stays open: no envelope, no
            pong. That is how a connection dies behind a firewall.
    """

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self.deaf = False

    async def say(self, frame: Json) -> None:
        """Sends one frame that asks for no acknowledgement."""
        await self._socket.send_str(json.dumps(frame))

    async def hand_over(self, envelope: Json) -> Any:
        """Sends one envelope and waits for its acknowledgement."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        try:
            async with asyncio.timeout(ACK_TIMEOUT_S):
                if not self.deaf:
                    await self.say(envelope)
                return await answer
        except TimeoutError:
            raise UndeliveredError("timeout") from None
        except ConnectionError:
            raise UndeliveredError("connection_failed") from None
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def listen(self) -> None:
        """Takes acknowledgements until the connection is gone."""
        async for frame in self._socket:
            if self.deaf:
                continue
            if frame.type is WSMsgType.PING:
                await self._socket.pong(frame.data)
            elif frame.type is WSMsgType.TEXT:
                self._acknowledge(json.loads(frame.data))
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(UndeliveredError("connection_failed"))

    def _acknowledge(self, acknowledgement: Json) -> None:
        answer = self._waiting.get(acknowledgement.get("envelope_id", ""))
        if answer is not None and not answer.done():
            answer.set_result(acknowledgement.get("payload"))

    async def close(self, code: int = 1000) -> None:
        """Closes politely, with a close frame."""
        await self._socket.close(code=code)

    def cut(self) -> None:
        """Drops the connection without a word."""
        self._transport.abort()


class SocketMode:
    """All connections of the app, and the transport over them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tickets: set[str] = set()
        self._turn = 0
        self.base = ""
        self.opened = 0
        self.connections: list[Connection] = []

    def ticket(self) -> Json:
        """Returns a URL that opens one connection: apps.connections.open."""
        if len(self.connections) >= MAX_CONNECTIONS:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return {"url": f"{self.base}/link/{ticket}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Holds one connection until it closes."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if request.transport is None:
            return socket
        connection = Connection(socket, request.transport)
        self.connections.append(connection)
        self.opened += 1
        try:
            await connection.say({
                "type": "hello", "num_connections": len(self.connections), "debug_info": _HOST,
                "connection_info": {"app_id": APP_ID},
            })  # fmt: skip
            self._workspace.changes.notify()
            await connection.listen()
        except ConnectionError:
            pass  # the app went away while it was greeted
        finally:
            self.connections.remove(connection)
            self._workspace.changes.notify()
        return socket

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Any:
        """Hands one payload to exactly one connection, taking turns."""
        if not self.connections:
            raise UndeliveredError("connection_failed")
        self._turn += 1
        envelope: Json = {
            "envelope_id": secrets.token_hex(8), "type": kind, "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }  # fmt: skip
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        connection = self.connections[self._turn % len(self.connections)]
        return await connection.hand_over(envelope)

    async def ready(self) -> None:
        """Waits for a connection."""
        await self._workspace.changes.wait_for(
            lambda: bool(self.connections), "the app to connect again"
        )

    async def disconnect(self, reason: str) -> None:
        """Asks every connection to go: `warning`, or `refresh_requested`, and then closes them."""
        for connection in list(self.connections):
            await connection.say({"type": "disconnect", "reason": reason, "debug_info": _HOST})
            if reason != "warning":
                await connection.close()
