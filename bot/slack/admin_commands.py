"""Steering from inside Slack: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.chat.gaps import gap_lines
from bot.chat.reports import MAX_EXPORTED, NO_SHARE, read_folders, read_share, status_lines
from bot.slack.blocks import message
from bot.slack.incoming import PLATFORM, of_command
from bot.slack.views import CONFIG, config_view, gaps_message, status_message
from bot.state.ask import Key
from bot.state.channel_rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.slack.blocks import Payload
    from bot.slack.incoming import Fields
    from bot.slack.surface import SlackSurface

NOT_ALLOWED = "Only workspace admins and whoever created this channel may do that."


class AdminCommands:
    """What admins set, and what everybody may look up."""

    def __init__(self, desk: Desk, surface: SlackSurface, facts: Callable[[], Facts]) -> None:
        self._desk = desk
        self._surface = surface
        self._facts = facts

    def register(self, app: AsyncApp) -> None:
        """Listen to an app's commands and form."""
        app.command("/ask-config")(self.config_wanted)
        app.command("/ask-status")(self.status_wanted)
        app.command("/ask-gaps")(self.gaps_wanted)
        app.view(CONFIG)(self.configured)

    async def config_wanted(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """Show what holds in this channel, to be changed."""
        await ack()
        if not await _may_steer(command, client):
            await self._tell(command, message(NOT_ALLOWED))
            return
        key = of_command(command).key
        view = config_view(await self._desk.state.rules(key), f"{key.workspace} {key.channel}")
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    async def configured(self, ack: AsyncAck, view: Fields) -> None:
        """Keep what the form says, or say what is wrong with it."""
        values = {name: entry[name] for name, entry in view["state"]["values"].items()}
        try:
            threshold = read_share(values["threshold"].get("value"))
        except ValueError:
            errors = {"threshold": NO_SHARE}
            await ack(response_action="errors", errors=errors)
            return
        workspace, channel = str(view["private_metadata"]).split(" ")
        rules = Rules(
            values["mode"]["selected_option"]["value"],
            read_folders(values["folders"].get("value")),
            threshold,
            values["language"]["selected_option"]["value"],
        )
        await self._desk.state.set_rules(Key(PLATFORM, workspace, channel, ""), rules)
        await ack()  # after it is kept: the form closes on what holds from now on

    async def status_wanted(self, ack: AsyncAck, command: Fields) -> None:
        """Say what the bot knows and how it is."""
        await ack()
        lines = status_lines(self._facts(), self._desk)
        await self._tell(command, status_message(lines))

    async def gaps_wanted(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """List what the articles did not answer, for those who may steer."""
        await ack()
        if not await _may_steer(command, client):
            await self._tell(command, message(NOT_ALLOWED))
            return
        gaps = await self._desk.state.gaps(PLATFORM, str(command["team_id"]), MAX_EXPORTED)
        await self._tell(command, gaps_message(gaps, gap_lines(gaps)))

    async def _tell(self, command: Fields, payload: Payload) -> None:
        """Answer a command to its user alone."""
        await self._surface.whisper(of_command(command), payload)


async def _may_steer(command: Fields, client: AsyncWebClient) -> bool:
    """Whether they are an admin, created the channel, or are alone with the bot."""
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
