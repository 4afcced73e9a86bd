"""/healthz, /readyz and /metrics, asked as an orchestrator asks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.chat import health as health_module
from bot.chat.health import Health
from bot.desk.service import Options, open_desk
from tests.bot.desk.surfaces import Paper, ask
from tests.fakes import nothing_found

if TYPE_CHECKING:
    import pytest


async def asked(health: Health, path: str) -> tuple[int, str]:
    application = web.Application()
    application.add_routes(health.routes())
    async with TestClient(TestServer(application)) as client, client.get(path) as response:
        return response.status, await response.text()


async def test_a_bot_that_is_connected_is_ready() -> None:
    async with open_desk(nothing_found, Options()) as desk:
        health = Health(desk)
        health.checks["slack"] = lambda: None
        assert (await asked(health, "/healthz"))[0] == 200
        assert await asked(health, "/readyz") == (200, '{"ready": true, "problems": {}}')


async def test_a_closed_socket_is_the_reason_not_to_be_ready() -> None:
    async with open_desk(nothing_found, Options()) as desk:
        health = Health(desk)
        health.checks["slack"] = lambda: "is closed"
        status, body = await asked(health, "/readyz")
        assert (await asked(health, "/healthz"))[0] == 200
    assert status == 503
    assert '"slack": "is closed"' in body


async def test_a_store_that_cannot_be_read_is_a_reason_too() -> None:
    async with open_desk(nothing_found, Options()) as desk:
        with desk.state.guest().engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE claims")
        status, body = await asked(Health(desk), "/readyz")
    assert status == 503
    assert "OperationalError" in body


async def test_however_often_it_is_asked_the_store_is_probed_once_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_desk(nothing_found, Options()) as desk:
        probed, problem = 0, desk.state.problem

        async def counted() -> str | None:
            nonlocal probed
            probed += 1
            return await problem()

        monkeypatch.setattr(desk.state, "problem", counted)
        health = Health(desk)
        await asyncio.gather(*(asked(health, "/readyz") for _ in range(20)))
        assert (await asked(health, "/readyz"))[0] == 200
        assert probed == 1
        monkeypatch.setattr(health_module, "PROBE_EVERY_S", 0.0)
        await asked(health, "/readyz")
        assert probed == 2


async def test_a_store_that_hangs_is_said_to_and_is_not_asked_again_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health_module, "PROBE_PATIENCE_S", 0.0)
    monkeypatch.setattr(health_module, "PROBE_EVERY_S", 0.0)
    async with open_desk(nothing_found, Options()) as desk:
        go_on, probes = asyncio.Event(), 0

        async def hanging() -> str | None:
            nonlocal probes
            probes += 1
            await go_on.wait()
            return None

        monkeypatch.setattr(desk.state, "problem", hanging)
        health = Health(desk)
        for _ in range(2):
            assert await asked(health, "/readyz") == (
                503, '{"ready": false, "problems": {"store": "does not answer"}}',
            )  # fmt: skip
        assert probes == 1
        go_on.set()
        monkeypatch.setattr(health_module, "PROBE_PATIENCE_S", 2.0)
        assert (await asked(health, "/readyz"))[0] == 200


async def test_questions_outcomes_and_duplicates_are_counted() -> None:
    paper = Paper()
    async with open_desk(nothing_found, Options()) as desk:
        desk.attach("paper", paper)
        await desk.accept(ask("Atlantis?"))
        await desk.accept(ask("Atlantis?"))
        await desk.detach("paper")
        _, numbers = await asked(Health(desk), "/metrics")
    assert 'clipping_questions_total{platform="paper"} 1.0' in numbers
    assert 'clipping_duplicates_total{platform="paper"} 1.0' in numbers
    assert 'clipping_outcomes_total{outcome="not_found",platform="paper"} 1.0' in numbers
    assert 'clipping_stage_seconds_count{stage="all"} 1.0' in numbers
    assert "Atlantis" not in numbers
