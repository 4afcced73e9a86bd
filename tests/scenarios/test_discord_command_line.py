"""The commands for Discord as they are typed, against our own Discord."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.cli.wiring import discord_access_of
from config.errors import SettingsError
from config.settings import Settings, load_settings
from tests.emulators.discord.server import DiscordEmulator

ROOT = Path(__file__).parents[2]


async def clipping(folder: Path, discord: DiscordEmulator, *arguments: str) -> tuple[int, str, str]:
    """Runs a command in an empty folder; returns exit status, standard output, standard error."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url + "/",
        "DISCORD_GATEWAY_URL": discord.gateway.url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=environment, cwd=folder,
    )  # fmt: skip
    told, problems = await process.communicate()
    return process.returncode or 0, told.decode(), problems.decode()


@pytest.mark.slow
async def test_discord_sync_tells_discord_the_commands_and_prints_the_invitation(
    tmp_path: Path,
) -> None:
    async with DiscordEmulator() as discord:
        status, told, problems = await clipping(tmp_path, discord, "discord-sync")
        names = sorted(command["name"] for command in discord.world.commands)

    assert status == 0, problems
    assert names == ["Find the source", "ask", "ask-config", "ask-gaps", "ask-status"]
    assert told.startswith(f"https://discord.com/oauth2/authorize?client_id={discord.world.bot_id}")
    assert discord.token not in told + problems


@pytest.mark.slow
async def test_a_token_that_discord_refuses_is_one_sentence(tmp_path: Path) -> None:
    async with DiscordEmulator() as discord:
        discord.token = "another.made.up.one"  # noqa: S105  # the server still wants the first
        status, _, problems = await clipping(tmp_path, discord, "discord-sync")

    assert status == 2
    assert problems.startswith("Discord refused DISCORD_TOKEN")
    assert "Traceback" not in problems


def test_settings_become_the_way_into_discord() -> None:
    settings = Settings(discord_token="t", discord_message_content=True)  # noqa: S106  # made up
    access = discord_access_of(settings)
    assert (access.token, access.message_content) == ("t", True)
    assert access.api_url == "https://discord.com/api/v10"
    assert "token" not in repr(access)


@pytest.mark.parametrize("name", ["DISCORD_API_URL", "DISCORD_GATEWAY_URL"])
def test_an_address_that_is_none_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "discord.example")
    with pytest.raises(SettingsError, match=name):
        load_settings()
