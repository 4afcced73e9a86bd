"""The emulator itself: it refuses what Discord refuses, and says so when a bot does wrong."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.emulators.discord.server import DiscordEmulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}}
COMMAND = {"name": "ask", "description": "Ask", "options": []}


class Caller:
    """A bot that only knows how to call."""

    def __init__(self, discord: DiscordEmulator, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self._session = session

    async def call(self, method: str, path: str, sent: Any = None, token: str = "") -> Any:
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        url = f"{self.discord.api_url}/{path}"
        async with self._session.request(method, url, json=sent, headers=headers) as response:
            answer = await response.json() if response.status != 204 else None
            return response.status, answer

    async def post(self, **message: Any) -> Any:
        path = f"channels/{self.discord.world.general}/messages"
        return await self.call("POST", path, QUIET | message)


@asynccontextmanager
async def caller() -> AsyncIterator[Caller]:
    async with DiscordEmulator() as discord, aiohttp.ClientSession() as session:
        yield Caller(discord, session)


async def test_a_wrong_token_is_refused() -> None:
    async with caller() as bot:
        assert (await bot.call("GET", "users/@me", token="wrong"))[0] == 401  # noqa: S106  # made up


async def test_a_route_that_is_not_emulated_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="GET guilds/1/bans is not emulated"):
        async with caller() as bot:
            assert (await bot.call("GET", "guilds/1/bans"))[0] == 404


@pytest.mark.parametrize(
    "message",
    [
        {"content": "x" * 2_001},
        {"embeds": [{"description": "x" * 4_097}]},
        {"embeds": [{"title": "x" * 257}]},
        {"embeds": [{"description": "x" * 3_100}] * 2},
        {"embeds": [{"description": "x"}] * 11},
        {"embeds": [{"description": "x", "footer": {"text": "x" * 2_049}}]},
        {"embeds": [{"title": "x", "url": "https://exa mple.com"}]},
        {"content": "x", "nonce": "x" * 26},
    ],
)
async def test_what_is_too_much_is_refused_with_50035(message: dict[str, Any]) -> None:
    async with caller() as bot:
        status, answer = await bot.post(**message)
    assert (status, answer["code"]) == (400, 50035)


async def test_an_empty_message_is_refused() -> None:
    async with caller() as bot:
        assert (await bot.post())[1]["code"] == 50006


async def test_a_nonce_stands_for_one_message_for_a_while() -> None:
    async with caller() as bot:
        message = {"content": "x", "nonce": "n", "enforce_nonce": True}
        first, second = [(await bot.post(**message))[1]["id"] for _ in range(2)]
        bot.discord.world.clock.advance(600)
        third = (await bot.post(**message))[1]["id"]
    assert first == second != third


async def test_a_reply_to_what_is_gone_is_refused() -> None:
    async with caller() as bot:
        reference = {"message_id": "1", "fail_if_not_exists": True}
        _, answer = await bot.post(content="x", message_reference=reference)
    assert "message_reference" in answer["errors"]


@pytest.mark.parametrize(
    "allowed", [None, {"parse": ["everyone"]}, {"parse": [], "users": ["1"]}], ids=str
)
async def test_a_message_that_could_alert_somebody_fails_the_test(allowed: Any) -> None:
    with pytest.raises(AssertionError, match="may alert"):
        async with caller() as bot:
            await bot.post(content="x", allowed_mentions=allowed)


async def test_an_interaction_lasts_three_seconds_and_then_fifteen_minutes() -> None:
    promise = {"type": 5, "data": {"flags": 64}}
    async with caller() as bot:
        world = bot.discord.world
        await bot.call("PUT", f"applications/{world.bot_id}/commands", [COMMAND])
        late = await bot.discord.people.command(world.alice, world.general, "ask")
        world.clock.advance(4)
        _, too_late = await bot.call(
            "POST", f"interactions/{late.id}/{late.token}/callback", promise
        )
        asked = await bot.discord.people.command(world.alice, world.general, "ask")
        path = f"interactions/{asked.id}/{asked.token}/callback"
        await bot.call("POST", path, promise)
        _, twice = await bot.call("POST", path, promise)
        answer = f"webhooks/{world.bot_id}/{asked.token}"
        _, kept = await bot.call("POST", answer, QUIET | {"content": "kept", "flags": 64})
        world.clock.advance(15 * 60)
        _, expired = await bot.call("POST", answer, QUIET | {"content": "more"})

    assert (too_late["code"], twice["code"], expired["code"]) == (10062, 40060, 50027)
    assert list(world.ephemerals) == [kept["id"]]
    assert kept["content"] == "kept"
