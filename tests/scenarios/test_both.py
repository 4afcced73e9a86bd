"""Slack and Discord in one process: one desk, one database, one page of numbers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from bot.cli.serving import Platforms, connected
from bot.discord.sync import sync
from tests.emulators.discord.server import DiscordEmulator
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, GENERAL
from tests.scenarios import discord_rig, discord_shown, rig, slack_rig, slack_shown
from tests.scenarios.articles import MOVE, Expert

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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
        url = f"http://127.0.0.1:{serving.port}"
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


async def test_a_platform_that_has_closed_is_not_ready(tmp_path: Path) -> None:
    async with both(tmp_path, Expert()) as (_, discord, serving):
        await discord.gateway.sockets[0].close(4004)
        async with aiohttp.ClientSession() as session:
            await asyncio.wait(serving.ended)
            async with session.get(f"http://127.0.0.1:{serving.port}/readyz") as response:
                assert response.status == 503
                assert "discord" in (await response.json())["problems"]
