"""/healthz, /readyz and /metrics, asked as an orchestrator asks."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.chat.health import Health
from bot.desk.service import Options, open_desk
from tests.bot.desk.surfaces import Paper, ask
from tests.fakes import nothing_found


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
