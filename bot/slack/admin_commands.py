"""What people set and look up from inside Slack: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.chat.channel_settings import change_rules
from bot.chat.reports import MAX_EXPORTED_GAPS, gaps_report, status_report
from bot.slack.blocks import message
from bot.slack.incoming import PLATFORM, of_command
from bot.slack.views import CONFIG, config_view, gaps_message, read_config
from bot.state.ask import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.slack.blocks import Block, Payload
    from bot.slack.incoming import Fields
    from bot.slack.surface import SlackSurface


class AdminCommands:
    """Handles the commands by which admins set a channel up, and people look up the bot's state."""

    def __init__(self, desk: Desk, surface: SlackSurface, facts: Callable[[], Facts]) -> None:
        self._desk = desk
        self._surface = surface
        self._facts = facts

    def register(self, app: AsyncApp) -> None:
        """Registers the handlers of the commands and of the form."""
        app.command("/ask-config")(self.open_config)
        app.command("/ask-status")(self.show_status)
        app.command("/ask-gaps")(self.show_gaps)
        app.view(CONFIG)(self.save_config)

    async def open_config(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """Opens the form with the rules of the channel, for admins."""
        await ack()
        if not await self._is_admitted(command, client):
            return
        key = of_command(command).key
        rules = await self._desk.state.rules(key)
        view = config_view(rules, f"{key.workspace} {key.channel}")
        await _open_form(client, str(command["trigger_id"]), view)

    async def save_config(self, ack: AsyncAck, view: Fields) -> None:
        """Stores what the form says; shows below each wrong entry what it can be instead."""
        workspace, channel = str(view["private_metadata"]).split(" ")
        key = Key(PLATFORM, workspace, channel, "")
        rules = await self._desk.state.rules(key)
        wanted, problems = change_rules(rules, read_config(view))
        if problems:
            await ack(response_action="errors", errors=problems)
            return
        await self._desk.state.set_rules(key, wanted)
        await ack()  # the form closes when its rules are stored, so they hold from then on

    async def show_status(self, ack: AsyncAck, command: Fields) -> None:
        """Tells the asker what the bot knows and how it is."""
        await ack()
        phrases = await self._desk.state.phrases(of_command(command).key)
        lines = status_report(self._facts(), self._desk, phrases)
        await self._tell(command, message("\n".join(lines)))

    async def show_gaps(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """Lists what the articles did not answer, for admins."""
        await ack()
        if not await self._is_admitted(command, client):
            return
        key = of_command(command).key
        gaps = await self._desk.state.gaps(PLATFORM, key.workspace, MAX_EXPORTED_GAPS)
        phrases = await self._desk.state.phrases(key)
        await self._tell(command, gaps_message(gaps_report(gaps, phrases)))

    async def _is_admitted(self, command: Fields, client: AsyncWebClient) -> bool:
        """Returns whether the asker may set the channel up; tells the asker if not."""
        if await _may_set_up(command, client):
            return True
        phrases = await self._desk.state.phrases(of_command(command).key)
        await self._tell(command, message(phrases.settings.slack_admins_only))
        return False

    async def _tell(self, command: Fields, payload: Payload) -> None:
        """Shows a message to the person who typed the command, and to nobody else."""
        await self._surface.whisper(of_command(command), payload)


async def _open_form(client: AsyncWebClient, trigger_id: str, view: Block) -> None:
    """Opens a form on the screen of the person whose command has that trigger."""
    await client.views_open(trigger_id=trigger_id, view=view)


async def _may_set_up(command: Fields, client: AsyncWebClient) -> bool:
    """Returns whether the asker is an admin, created the channel, or is alone with the bot."""
    channel, user = str(command["channel_id"]), str(command["user_id"])
    if channel.startswith("D"):
        return True
    person, place = await asyncio.gather(
        client.users_info(user=user),
        client.conversations_info(channel=channel),
        return_exceptions=True,
    )
    if not isinstance(place, BaseException) and place["channel"].get("creator") == user:
        return True
    if isinstance(person, SlackApiError):
        return False
    if isinstance(person, BaseException):
        raise person
    profile = person["user"]
    return bool(profile.get("is_admin") or profile.get("is_owner"))
