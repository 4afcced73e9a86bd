"""Listening by HTTP: for those who watch the bot, and for a platform that delivers by HTTP."""

from __future__ import annotations

import socket
from contextlib import closing

import aiohttp
import pytest
from aiohttp import web

from bot.chat.health import Health
from bot.chat.http_listener import listening
from bot.desk.service import Options, open_desk
from config.errors import PlatformError
from tests.fakes import nothing_found


async def status(port: int, path: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status


async def test_health_is_served_with_and_without_a_platform() -> None:
    async def delivered(_request: web.Request) -> web.Response:
        return web.Response()

    platform = web.Application()
    platform.router.add_get("/deliveries", delivered)
    async with open_desk(nothing_found, Options()) as desk:
        async with listening(Health(desk), 0) as port:
            assert await status(port, "/healthz") == 200
            assert await status(port, "/deliveries") == 404
        async with listening(Health(desk), 0, platform=platform) as port:
            assert await status(port, "/healthz") == 200
            assert await status(port, "/deliveries") == 200


async def test_a_taken_port_is_only_a_warning_unless_a_platform_must_reach_the_bot(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with closing(socket.socket()) as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  # as the bot would
        other.listen()
        taken = other.getsockname()[1]
        async with open_desk(nothing_found, Options()) as desk:
            async with listening(Health(desk), taken) as port:
                assert port == 0
            with pytest.raises(PlatformError, match=f"PORT {taken}"):
                async with listening(Health(desk), taken, platform=web.Application()):
                    pass
    assert f"PORT {taken} is taken" in caplog.text
