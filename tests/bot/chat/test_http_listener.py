"""Listening by HTTP: for those who watch the bot, and for a platform that delivers by HTTP."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing

import aiohttp
import pytest
from aiohttp import web

from bot.chat.health import Health
from bot.chat.http_listener import Site, listening, reachable_at
from bot.cli.wiring import site_of
from bot.desk.service import Options, open_desk
from config.errors import PlatformError
from config.settings import Settings
from tests.fakes import nothing_found

ADDRESS = "198.51.100.1"  # of no machine


async def status(port: int, path: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status


def listens_beyond_this_machine(port: int) -> bool:
    """Tells whether another address of this machine answers at a port."""
    with closing(socket.socket()) as other:
        return other.connect_ex(("127.0.0.2", port)) == 0


async def test_health_is_served_beside_a_platform_and_to_this_machine_alone() -> None:
    async def delivered(_request: web.Request) -> web.Response:
        return web.Response()

    platform = web.Application()
    platform.router.add_get("/deliveries", delivered)
    async with (
        open_desk(nothing_found, Options()) as desk,
        listening(Health(desk), Site()) as port,
        reachable_at(0, platform) as public,
    ):
        for path in ("/healthz", "/readyz", "/metrics"):
            assert await status(port, path) == 200
            assert await status(public, path) == 404
        assert await status(public, "/deliveries") == 200
        assert not listens_beyond_this_machine(port)
        assert listens_beyond_this_machine(public)


async def test_whoever_wants_it_reaches_health_from_elsewhere() -> None:
    async with (
        open_desk(nothing_found, Options()) as desk,
        listening(Health(desk), Site("0.0.0.0")) as port,  # noqa: S104  -- what is tried
    ):
        assert listens_beyond_this_machine(port)


@pytest.mark.parametrize(
    ("settings", "site"),
    [
        ({}, ("127.0.0.1", 3000)),
        ({"slack_mode": "http", "slack_bot_token": "xoxb-1"}, ("127.0.0.1", 3001)),
        ({"slack_mode": "http"}, ("127.0.0.1", 3000)),
        ({"health_host": "::1", "health_port": 9000}, ("::1", 9000)),
    ],
)
def test_health_has_the_port_of_slack_only_where_slack_does_not_use_it(
    settings: dict[str, str], site: tuple[str, int]
) -> None:
    assert site_of(Settings(_env_file=None, **settings)) == Site(*site)  # type: ignore[arg-type]  # parsed there


async def test_a_taken_port_is_only_a_warning_unless_a_platform_must_reach_the_bot(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with closing(socket.socket()) as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # as the bot would
        other.listen()
        taken = other.getsockname()[1]
        async with open_desk(nothing_found, Options()) as desk:
            async with listening(Health(desk), Site(port=taken)) as port:
                assert port == 0
            async with listening(Health(desk), Site(host=ADDRESS)) as port:
                assert port == 0
            with pytest.raises(PlatformError, match=f"PORT {taken}"):
                async with reachable_at(taken, web.Application()):
                    pass
    assert f"HEALTH_PORT {taken} cannot be listened on" in caplog.text
    assert ADDRESS in caplog.text


@pytest.mark.parametrize("sent", [b"\x16\x03\x01", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n",
                                  b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"])  # fmt: skip
async def test_what_is_not_http_leaves_no_traceback(
    sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with reachable_at(0, web.Application()) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        assert b" 400 " in await reader.readline()
        writer.close()
        await writer.wait_closed()
    assert [record for record in caplog.records if record.exc_info] == []
