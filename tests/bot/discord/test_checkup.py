"""The doctor in Discord: what is wrong is named, with what to do; and the way in."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import discord
import pytest

from bot.cli.serving import Platforms, connected
from bot.desk.service import Options
from bot.discord.access import invitation
from bot.discord.checkup import check_discord
from bot.discord.commands import FIND_SOURCE
from bot.discord.sync import sync
from bot.page.phrases import GERMAN
from config.errors import PlatformError
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.server import DiscordEmulator
from tests.fakes import nothing_found
from tests.phrase_search import is_in_menus, strings_in, translated_phrases
from tests.scenarios.discord_rig import access_to

if TYPE_CHECKING:
    from bot.chat.checkup import Check
    from bot.discord.access import Access


async def checked(emulator: DiscordEmulator, **changes: object) -> dict[str, Check]:
    access: Access = replace(access_to(emulator), **changes)  # type: ignore[arg-type]  # by name
    return {check.name: check for check in await check_discord(access)}


async def test_all_is_well_once_the_commands_are_synced() -> None:
    async with DiscordEmulator() as emulator:
        await sync(access_to(emulator))
        found = await checked(emulator)

    assert {check.state for check in found.values()} == {"ok"}
    assert found["Discord token"].text == "it is Clipping's"
    assert found["Discord commands"].text == "all 5 are synced"


async def test_commands_that_are_missing_or_stale_are_named() -> None:
    async with DiscordEmulator() as emulator:
        assert (await checked(emulator))["Discord commands"].state == "bad"
        await sync(access_to(emulator))
        emulator.world.commands[0]["description"] = "of an older version"
        found = (await checked(emulator))["Discord commands"]

    assert found.text == "not synced: ask"
    assert found.remedy == "Run clipping discord-sync."


async def test_a_command_that_is_stale_in_one_language_is_named() -> None:
    async with DiscordEmulator() as emulator:
        await sync(access_to(emulator))
        config = next(c for c in emulator.world.commands if c["name"] == "ask-config")
        config["options"][0]["choices"][0]["name_localizations"] = {"de": "Bei Erwähnung"}
        found = (await checked(emulator))["Discord commands"]

    assert found.text == "not synced: ask-config"


async def test_discord_gets_the_commands_in_german() -> None:
    async with DiscordEmulator() as emulator:
        await sync(access_to(emulator))
        declared = {command["name"]: command for command in emulator.world.commands}

    assert declared["ask"]["description_localizations"] == {"de": GERMAN.commands.ask}
    assert declared["ask"]["name_localizations"] == {}
    assert declared[FIND_SOURCE]["name_localizations"] == {"de": GERMAN.commands.find_source}
    options = {option["name"]: option for option in declared["ask-config"]["options"]}
    folders = {"de": GERMAN.settings.folders_option}
    assert options["folders"]["description_localizations"] == folders
    mode = {"de": GERMAN.settings.mode_mention}
    assert options["mode"]["choices"][0]["name_localizations"] == mode


async def test_every_phrase_of_the_menu_of_commands_is_there_in_german() -> None:
    async with DiscordEmulator() as emulator:
        await sync(access_to(emulator))
        sent = list(strings_in(emulator.world.commands))

    phrases = translated_phrases()
    in_menus = [each for name, each in phrases.items() if is_in_menus(name)]
    assert len(in_menus) >= 8
    assert [phrase for phrase in in_menus if {phrase.en, phrase.de} - set(sent)] == []


async def test_missing_permissions_are_named_with_the_link_that_grants_them() -> None:
    async with DiscordEmulator() as emulator:
        emulator.world.granted = discord.Permissions(view_channel=True, embed_links=True).value
        found = (await checked(emulator))["Discord server Test"]

    assert found.state == "bad"
    assert "send messages" in found.text
    assert "embed links" not in found.text
    assert "https://discord.com/oauth2/authorize" in found.remedy


async def test_an_intent_that_is_set_but_not_granted_is_named() -> None:
    async with DiscordEmulator() as emulator:
        found = await checked(emulator, message_content=True)

    assert found["Discord intents"].state == "bad"
    assert "Message Content Intent" in found["Discord intents"].remedy


async def test_a_wrong_token_is_the_only_thing_there_is_to_say() -> None:
    async with DiscordEmulator() as emulator:
        found = await checked(emulator, token="not.this.one")  # noqa: S106  # made up
    assert [(check.name, check.state) for check in found.values()] == [("Discord token", "bad")]


def test_the_invitation_asks_for_six_permissions_and_no_more() -> None:
    link = invitation(42)
    asked = discord.Permissions(int(link.partition("permissions=")[2].partition("&")[0]))
    assert "client_id=42" in link
    assert "applications.commands" in link
    assert sorted(name for name, on in asked if on) == [
        "add_reactions", "embed_links", "read_message_history", "read_messages", "send_messages",
        "send_messages_in_threads",
    ]  # fmt: skip


@pytest.mark.parametrize("token", ["", "wrong.made.up"])
async def test_a_token_discord_refuses_is_named_and_never_shown(
    token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with DiscordEmulator() as emulator:
        access = replace(access_to(emulator), token=token)
        with pytest.raises(PlatformError, match="DISCORD_TOKEN") as caught:
            async with (
                asyncio.timeout(20),
                connected(Platforms(discord=access), nothing_found, options=Options()),
            ):
                pass
    assert not token or token not in str(caught.value) + caplog.text


async def test_an_intent_that_discord_refuses_is_named() -> None:
    async with DiscordEmulator() as emulator:
        access = replace(access_to(emulator), message_content=True)
        with pytest.raises(PlatformError, match="DISCORD_MESSAGE_CONTENT"):
            async with (
                asyncio.timeout(20),
                connected(Platforms(discord=access), nothing_found, options=Options()),
            ):
                pass


async def test_a_discord_that_cannot_be_reached_is_named() -> None:
    async with DiscordEmulator() as emulator:
        access = access_to(emulator)
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1"):
        async with connected(Platforms(discord=access), nothing_found, options=Options()):
            pass


async def test_a_server_that_stumbles_at_first_is_asked_again() -> None:
    async with DiscordEmulator() as emulator:
        emulator.faults.plan("GET", "users/@me", Fault(502))
        async with connected(
            Platforms(discord=access_to(emulator)), nothing_found, options=Options()
        ) as serving:
            await emulator.gateway.ready()
            assert not serving.ended[0].done()


async def test_a_token_that_is_taken_back_later_is_named_by_readyz() -> None:
    async with (
        DiscordEmulator() as emulator,
        connected(
            Platforms(discord=access_to(emulator)), nothing_found, options=Options()
        ) as serving,
        aiohttp.ClientSession() as session,
    ):
        await emulator.gateway.ready()
        await emulator.gateway.sockets[0].close(4004)
        async with asyncio.timeout(20):
            status, body = 200, ""
            while "DISCORD_TOKEN" not in body:
                async with session.get(
                    f"http://127.0.0.1:{serving.health_port}/readyz"
                ) as response:
                    status, body = response.status, await response.text()
                await asyncio.sleep(0.05)
    assert status == 503
