"""The gateway: sockets that tell the bot what happens, in a stream compressed by zlib."""

from __future__ import annotations

import json
import secrets
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.emulators.discord import shapes

if TYPE_CHECKING:
    import asyncio

    from tests.emulators.discord.world import Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = (1 << 1) | (1 << 8) | CONTENT
WRONG_TOKEN, WRONG_INTENTS = 4004, 4014
HEARTBEAT_MS = 41_250
MAX_CLIENT_BYTES = 4_096


@dataclass(slots=True)
class Session:
    """What one identified client was told; it can come back for what it missed."""

    id: str
    intents: int
    shard: tuple[int, int]
    told: list[Json] = field(default_factory=list)


class Socket:
    """One connection of the bot."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self._socket = socket
        self._transport = transport
        self._zlib = zlib.compressobj()
        self.session: Session | None = None
        self.answered = 0  # heartbeats that we asked for

    async def say(self, op: int, data: object = None) -> None:
        """Sends something that is no event."""
        await self.send({"op": op, "d": data})

    async def send(self, payload: Json) -> None:
        """Sends one payload; each is flushed, so that it can be read at once."""
        raw = json.dumps(payload).encode()
        packed = self._zlib.compress(raw) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
        if not self._socket.closed:
            await self._socket.send_bytes(packed)

    async def close(self, code: int = 1000) -> None:
        """Closes with a code that says why."""
        await self._socket.close(code=code)

    def cut(self) -> None:
        """Drops the connection without a word."""
        self._transport.abort()


class Gateway:
    """All sockets and sessions."""

    def __init__(self, world: World, token: str, *, approved: int = 0) -> None:
        self._world = world
        self._token = token
        self._approved = approved  # of the privileged intents
        self._sessions: dict[str, Session] = {}
        self.url = ""
        self.shards = 1
        self.opened = 0
        self.resumed = 0
        self.sockets: list[Socket] = []
        self.identified: list[Json] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Holds one connection until it closes."""
        if request.query.get("compress") != "zlib-stream":
            self._world.problems.append(f"the gateway knows no {request.query_string}")
        socket = web.WebSocketResponse(max_msg_size=MAX_CLIENT_BYTES)
        await socket.prepare(request)
        assert request.transport is not None
        connection = Socket(socket, request.transport)
        await connection.say(HELLO, {"heartbeat_interval": HEARTBEAT_MS})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._heard(connection, json.loads(frame.data))
        except ConnectionError:
            pass  # the bot went away while it was told something
        finally:
            if connection in self.sockets:
                self.sockets.remove(connection)
            self._world.changes.notify()
        return socket

    async def pass_on(self) -> None:
        """Tells of everything that waits to be told."""
        while self._world.events:
            await self._dispatch(*self._world.events.pop(0))

    async def caught_up(self) -> None:
        """Returns when every socket has read all it was sent: it answers a heartbeat in order."""
        await self.pass_on()
        for socket in list(self.sockets):
            before = socket.answered
            await socket.say(HEARTBEAT)
            await self._world.changes.wait_for(
                lambda s=socket, b=before: s.answered > b or s not in self.sockets,  # type: ignore[misc]  # lambda's defaults
                "the bot to catch up",
            )

    async def ready(self) -> None:
        """Waits for the bot on every shard."""
        await self._world.changes.wait_for(
            lambda: len(self.sockets) >= self.shards, "the bot to connect"
        )

    async def reconnect(self) -> None:
        """Asks every socket to come back."""
        for socket in list(self.sockets):
            await socket.say(RECONNECT)

    def forget(self) -> None:
        """Forgets every session: whoever resumes has to begin anew."""
        self._sessions.clear()

    async def _heard(self, socket: Socket, payload: Json) -> None:
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT:
            socket.answered += 1
            self._world.changes.notify()
            await socket.say(ACK)
        elif op == IDENTIFY:
            await self._identify(socket, data)
        elif op == RESUME:
            await self._resume(socket, data)

    async def _identify(self, socket: Socket, data: Json) -> None:
        self.identified.append(data)
        if data["token"] != self._token:
            await socket.close(WRONG_TOKEN)
            return
        if data["intents"] & PRIVILEGED & ~self._approved:
            await socket.close(WRONG_INTENTS)
            return
        first, count = data.get("shard", (0, 1))
        session = Session(secrets.token_hex(8), data["intents"], (first, count))
        self._sessions[session.id] = socket.session = session
        world, mine = self._world, self._is_here(session)
        self._joined(socket)
        await self._tell(session, socket, "READY", {
            "v": 10, "user": world.users[world.bot_id], "session_id": session.id,
            "guilds": [{"id": world.guild_id, "unavailable": True}] if mine else [],
            "resume_gateway_url": self.url, "shard": [first, count], "private_channels": [],
            "application": {"id": world.bot_id, "flags": 0}, "relationships": [],
        })  # fmt: skip
        if mine:
            await self._tell(session, socket, "GUILD_CREATE", shapes.guild(world))

    async def _resume(self, socket: Socket, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            await socket.say(INVALID, data=False)
            return
        socket.session = session
        heard = int(data["seq"])
        while heard < len(session.told):  # it grows while we tell
            await socket.send(session.told[heard])
            heard += 1
        self._joined(socket)
        self.resumed += 1
        await self._tell(session, socket, "RESUMED", {})

    def _joined(self, socket: Socket) -> None:
        self.sockets.append(socket)
        self.opened += 1
        self._world.changes.notify()

    async def tell_all(self, event: str, data: Json) -> None:
        """Tells every session of an event that no person of the emulator caused."""
        await self._dispatch(event, data, 0)

    async def _dispatch(self, event: str, data: Json, intent: int) -> None:
        """Tells every session that asked; those whose socket is gone read it when they resume."""
        for session in list(self._sessions.values()):
            if intent and not session.intents & intent:
                continue
            if not self._is_here(session) if "guild_id" in data else session.shard[0] != 0:
                continue
            seen = data
            if event.startswith("MESSAGE_") and "content" in data:
                seen = self._redacted(session, data)
            socket = next((s for s in self.sockets if s.session is session), None)
            await self._tell(session, socket, event, seen)

    async def _tell(self, session: Session, socket: Socket | None, event: str, data: Json) -> None:
        payload = {"op": DISPATCH, "t": event, "s": len(session.told) + 1, "d": data}
        session.told.append(payload)
        if socket is not None:
            try:
                await socket.send(payload)
            except ConnectionError:
                return  # it is told again when it resumes

    def _is_here(self, session: Session) -> bool:
        """Tells whether the server belongs to that shard."""
        number, count = session.shard
        return (int(self._world.guild_id) >> 22) % count == number

    def _redacted(self, session: Session, message: Json) -> Json:
        """Returns a message without its text, where the bot may not read it."""
        us = self._world.bot_id
        about_us = any(user["id"] == us for user in message["mentions"])
        if session.intents & CONTENT or "guild_id" not in message or about_us:
            return message
        if message["author"]["id"] == us:
            return message
        hidden = {"content": "", "embeds": [], "attachments": [], "components": []}
        return message | hidden | {"message_snapshots": []}
