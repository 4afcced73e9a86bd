"""Slack and Discord in one process: one desk, one database, one page of numbers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from bot.cli.serving import Platforms, connected
from bot.discord.sync import sync
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.server import DiscordEmulator
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, GENERAL
from tests.scenarios import discord_rig, discord_shown, rig, slack_rig, slack_shown
from tests.scenarios.articles import MOVE, Expert

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import pytest

    from bot.cli.serving import Serving

WHERE = "Where is the headquarters?"


@asynccontextmanager
async def both(
    folder: Path, expert: Expert
) -> AsyncIterator[tuple[SlackEmulator, DiscordEmulator, Serving]]:
    async with (
        SlackEmulator(slack_rig.registration(), "socket") as slack,
        DiscordEmulator() as discord,
    ):
        access = discord_rig.access_to(discord)
        await sync(access)
        platforms = Platforms(slack_rig.access_to(slack, "socket"), access)
        options = rig.options_in(folder)
        async with connected(platforms, expert, options=options) as serving:
            await slack.sockets.ready()
            await discord.gateway.ready()
            yield slack, discord, serving


async def test_one_process_answers_on_both_platforms(tmp_path: Path) -> None:
    expert = Expert()
    async with both(tmp_path, expert) as (slack, discord, serving):
        slack.people.say(ALICE, GENERAL, WHERE, mention=True)
        world = discord.world
        await discord.people.say(world.alice, world.general, WHERE, mention=True)
        await slack.workspace.changes.wait_for(
            lambda: bool(slack.workspace.posted(GENERAL)), "Slack"
        )
        await world.changes.wait_for(lambda: bool(world.posted(world.general)), "Discord")
        url = f"http://127.0.0.1:{serving.health_port}"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{url}/readyz") as response:
                ready = await response.json()
            async with session.get(f"{url}/metrics") as response:
                numbers = await response.text()

    (in_slack,) = slack.workspace.posted(GENERAL)
    (in_discord,) = world.posted(world.general)
    assert slack_shown.read(in_slack).quotes == discord_shown.read(in_discord).quotes == (MOVE,)
    assert ready == {"ready": True, "problems": {}}
    for platform in ("slack", "discord"):
        assert f'clipping_questions_total{{platform="{platform}"}} 1.0' in numbers


async def problems(serving: Serving) -> dict[str, str]:
    """Returns what /readyz says is wrong."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{serving.health_port}/readyz") as response,
    ):
        found: dict[str, str] = (await response.json())["problems"]
        assert response.status == (503 if found else 200)
        return found


async def until_problems(
    serving: Serving, condition: Callable[[dict[str, str]], bool]
) -> dict[str, str]:
    """Waits until /readyz says what is expected."""
    async with asyncio.timeout(20):
        while not condition(found := await problems(serving)):
            await asyncio.sleep(0.05)
    return found


async def asked_in_slack(slack: SlackEmulator) -> None:
    """Asks in Slack and waits for the answer."""
    before = len(slack.workspace.posted(GENERAL))
    slack.people.say(ALICE, GENERAL, WHERE, mention=True)
    await slack.workspace.changes.wait_for(
        lambda: len(slack.workspace.posted(GENERAL)) > before, "Slack to answer"
    )


async def asked_in_discord(discord: DiscordEmulator) -> None:
    """Asks in Discord and waits for the answer."""
    world = discord.world
    before = len(world.posted(world.general))
    await discord.people.say(world.alice, world.general, WHERE, mention=True)
    await world.changes.wait_for(
        lambda: len(world.posted(world.general)) > before, "Discord to answer"
    )


async def test_a_platform_that_refuses_our_token_is_named_and_the_other_answers(
    tmp_path: Path,
) -> None:
    async with both(tmp_path, Expert()) as (slack, discord, serving):
        await discord.gateway.sockets[0].close(4004)
        await until_problems(serving, lambda found: "DISCORD_TOKEN" in found.get("discord", ""))
        await asked_in_slack(slack)
        assert not any(task.done() for task in serving.ended)


async def test_a_call_refused_for_the_token_stops_the_work_in_discord(tmp_path: Path) -> None:
    async with both(tmp_path, Expert()) as (slack, discord, serving):
        discord.faults.plan("POST", "/messages", Fault(401, times=99))
        world = discord.world
        await discord.people.say(world.alice, world.general, WHERE, mention=True)
        await until_problems(serving, lambda found: "DISCORD_TOKEN" in found.get("discord", ""))
        await asked_in_slack(slack)
    assert len(discord.rest.called("POST", "/messages")) <= 2


async def test_a_platform_whose_connection_ends_is_connected_again(tmp_path: Path) -> None:
    async with both(tmp_path, Expert()) as (slack, discord, serving):
        await asked_in_discord(discord)
        await discord.gateway.sockets[0].close(4012)  # it asks for another version of the API
        await until_problems(serving, lambda found: "discord" in found)
        await asked_in_slack(slack)
        await until_problems(serving, lambda found: not found)
        await asked_in_discord(discord)


ODD_EVENTS: list[tuple[str, dict[str, object]]] = [
    ("MESSAGE_UPDATE", {"embeds": []}),
    ("CHANNEL_UPDATE", {"type": 0, "name": "secret"}),
    ("MESSAGE_CREATE", {"poll": {"expiry": None}, "author": {"id": "5"}, "content": "secret"}),
    ("MESSAGE_CREATE", {"author": {"id": "5", "username": "secret"}}),
    ("GUILD_CREATE", {"channels": None}),
    ("MESSAGE_DELETE_BULK", {"ids": None}),
    ("GUILD_MEMBER_UPDATE", {"user": "secret"}),
    ("INTERACTION_CREATE", {"type": "secret"}),
    ("THREAD_LIST_SYNC", {"threads": "secret"}),
]


async def test_events_that_cannot_be_read_are_dropped_and_both_platforms_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with both(tmp_path, Expert()) as (slack, discord, serving):
        world = discord.world
        opened = discord.gateway.opened
        for event, data in ODD_EVENTS:
            ids = {"id": world.general, "channel_id": world.general, "guild_id": world.guild_id}
            await discord.gateway.tell_all(event, {**ids, "mentions": [], **data})
        await asked_in_discord(discord)
        await asked_in_slack(slack)
        assert await problems(serving) == {}
    assert discord.gateway.opened == opened
    assert "secret" not in caplog.text
    dropped = {
        record.args[0]
        for record in caplog.records
        if isinstance(record.args, tuple) and "dropped" in record.message
    }
    assert {"MESSAGE_UPDATE", "CHANNEL_UPDATE", "MESSAGE_CREATE", "GUILD_CREATE"} <= dropped
