"""What people set and look up from inside Slack: /ask-config, /ask-status, /ask-gaps."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.chat.channel_settings import change_rules, settings_for, store_rules
from bot.chat.reports import MAX_EXPORTED_GAPS, gaps_report, status_report
from bot.chat.rights import Standing, gaps_for, without_closed_channels
from bot.slack.blocks import message
from bot.slack.incoming import PLATFORM, is_direct, of_command
from bot.slack.views import CONFIG, config_view, gaps_message, read_config
from bot.state.ask import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.slack.blocks import Block, Payload
    from bot.slack.incoming import Fields
    from bot.slack.surface import SlackSurface


class AdminCommands:
    """Handles the commands by which admins set a channel up, and people look up the bot's state."""

    def __init__(
        self,
        desk: Desk,
        surface: SlackSurface,
        facts: Callable[[], Facts],
        *,
        gaps_show_private: bool = False,
    ) -> None:
        self._desk = desk
        self._surface = surface
        self._facts = facts
        self._gaps_show_private = gaps_show_private

    def register(self, app: AsyncApp) -> None:
        """Registers the handlers of the commands and of the form."""
        app.command("/ask-config")(self.open_config)
        app.command("/ask-status")(self.show_status)
        app.command("/ask-gaps")(self.show_gaps)
        app.view(CONFIG)(self.save_config)

    async def open_config(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """Opens the form with the rules of the channel, for those who may change them."""
        await ack()
        key = of_command(command).key
        standing = await _standing(client, key, str(command["user_id"]))
        if not standing.may_set_channel:
            await self._refuse(command)
            return
        rules = await self._desk.state.rules(key)
        view = config_view(rules, f"{key.workspace} {key.channel}", settings_for(standing))
        await _open_form(client, str(command["trigger_id"]), view)

    async def save_config(
        self, ack: AsyncAck, view: Fields, body: Fields, client: AsyncWebClient
    ) -> None:
        """Stores what the form says; shows below each wrong entry what it can be instead.

        What the person may change is looked up again: it may have changed while the form was open.
        """
        workspace, channel = str(view["private_metadata"]).split(" ")
        key = Key(PLATFORM, workspace, channel, "")
        standing = await _standing(client, key, str(body["user"]["id"]))
        rules = await self._desk.state.rules(key)
        entries, folders = read_config(view), self._facts().folders
        wanted, problems = change_rules(rules, entries, standing, folders)
        if problems:
            await ack(response_action="errors", errors=problems)
            return
        await store_rules(self._desk.state, key, rules, wanted)
        await ack()  # the form closes when its rules are stored, so they hold from then on

    async def show_status(self, ack: AsyncAck, command: Fields) -> None:
        """Tells the asker what the bot knows and how it is."""
        await ack()
        lines = await status_report(self._facts(), self._desk, of_command(command).key)
        await self._tell(command, message("\n".join(lines)))

    async def show_gaps(self, ack: AsyncAck, command: Fields, client: AsyncWebClient) -> None:
        """Lists what the articles did not answer, as far as the asker may read it."""
        await ack()
        ask = of_command(command)
        standing = await _standing(client, ask.key, ask.user)
        scope = gaps_for(standing, ask, private_words=self._gaps_show_private)
        if scope is None:
            await self._refuse(command)
            return
        scope = await without_closed_channels(
            scope, ask, self._desk.state, partial(_public_channels, client)
        )
        gaps = await self._desk.state.gaps(scope, MAX_EXPORTED_GAPS)
        phrases = await self._desk.state.phrases(ask.key)
        await self._tell(command, gaps_message(gaps_report(gaps, phrases)))

    async def _refuse(self, command: Fields) -> None:
        """Tells who typed a command who may do that."""
        phrases = await self._desk.state.phrases(of_command(command).key)
        await self._tell(command, message(phrases.settings.slack_admins_only))

    async def _tell(self, command: Fields, payload: Payload) -> None:
        """Shows a message to the person who typed the command, and to nobody else."""
        await self._surface.whisper(of_command(command), payload)


async def _open_form(client: AsyncWebClient, trigger_id: str, view: Block) -> None:
    """Opens a form on the screen of the person whose command has that trigger."""
    await client.views_open(trigger_id=trigger_id, view=view)


async def _standing(client: AsyncWebClient, key: Key, user: str) -> Standing:
    """Looks up what a person is in a channel. Slack names no creator where the bot may not look."""
    person, place = await asyncio.gather(
        client.users_info(user=user),
        client.conversations_info(channel=key.channel),
        return_exceptions=True,
    )
    created = not isinstance(place, BaseException) and place["channel"].get("creator") == user
    if isinstance(person, SlackApiError):
        admin = False
    elif isinstance(person, BaseException):
        raise person
    else:
        admin = _is_admin(person["user"], key.workspace)
    return Standing(direct=is_direct(key.channel), steers=created, admin=admin)


def _is_admin(profile: Fields, workspace: str) -> bool:
    """Returns whether a person is an admin of this workspace, and not only of another one.

    In Enterprise Grid a person has several workspaces.
    """
    grid: Fields = profile.get("enterprise_user") or {}
    teams = {profile.get("team_id", workspace), *(grid.get("teams") or ())}
    if profile.get("is_stranger") or workspace not in teams:
        return False
    return bool(profile.get("is_admin") or profile.get("is_owner"))


async def _public_channels(client: AsyncWebClient, channels: Collection[str]) -> list[str]:
    """Returns the channels that everybody of a workspace can see; others are taken as private."""
    found = await asyncio.gather(
        *(client.conversations_info(channel=channel) for channel in channels),
        return_exceptions=True,
    )
    return [
        channel
        for channel, place in zip(channels, found, strict=True)
        if not isinstance(place, BaseException) and _is_public(place["channel"])
    ]


def _is_public(channel: Fields) -> bool:
    """Returns whether a channel is neither private nor a direct message of a few people."""
    closed = ("is_private", "is_im", "is_mpim")
    return bool(channel.get("is_channel")) and not any(channel.get(kind) for kind in closed)
