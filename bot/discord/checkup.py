"""What `clipping doctor` looks at in Discord: token, intents, commands, gateway, permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.chat.checkup import Check
from bot.discord.access import PERMISSIONS, PORTAL, invitation
from bot.discord.login import visit
from config.errors import ClippingError

if TYPE_CHECKING:
    from bot.discord.access import Access
    from bot.discord.client import ClippingClient

MAX_SERVERS = 200  # what Discord names at once


async def check_discord(access: Access) -> list[Check]:
    """Everything that can be seen with the token there is."""
    try:
        async with visit(access) as client:
            return await _looked_at(access, client)
    except ClippingError as error:
        return [Check("Discord token", "bad", str(error))]
    except discord.HTTPException as error:
        words = f"Discord refused a question (HTTP {error.status}, code {error.code})"
        return [Check("Discord", "bad", words, "Try again in some minutes.")]


async def _looked_at(access: Access, client: ClippingClient) -> list[Check]:
    link = invitation(client.application_id or 0)
    application = await client.application_info()
    return [
        Check("Discord token", "ok", f"it is {application.name}'s"),
        _intents(access, application),
        await _commands(client),
        await _gateway(client),
        *await _servers(client, link),
        Check("Discord invitation", "ok", link),
    ]


def _intents(access: Access, application: discord.AppInfo) -> Check:
    """Whether the app may read what it is set to read."""
    if not access.message_content:
        return Check("Discord intents", "ok", "none that is privileged is needed")
    flags = application.flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Check("Discord intents", "ok", "the app may read every message")
    remedy = (
        f"{PORTAL}, your app, Bot: turn Message Content Intent on, "
        "or unset DISCORD_MESSAGE_CONTENT."
    )
    return Check("Discord intents", "bad", "the app may not read every message", remedy)


async def _commands(client: ClippingClient) -> Check:
    """Whether Discord offers the commands of this version."""
    fetched = await client.tree.fetch_commands()
    known: dict[str, Any] = {command.name: command.to_dict() for command in fetched}
    ours: dict[str, Any] = {
        command.name: command.to_dict(client.tree)
        for command in client.tree.walk_commands(type=discord.AppCommandType.chat_input)
    } | {
        command.name: command.to_dict(client.tree)
        for command in client.tree.get_commands(type=discord.AppCommandType.message)
    }
    stale = sorted(name for name in ours if _essence(known.get(name)) != _essence(ours[name]))
    if not stale:
        return Check("Discord commands", "ok", f"all {len(ours)} are synced")
    words = f"not synced: {', '.join(stale)}"
    return Check("Discord commands", "bad", words, "Run clipping discord-sync.")


async def _gateway(client: ClippingClient) -> Check:
    """How often the bot may still start today."""
    limits = await client.fetch_session_start_limits()
    words = f"{limits.remaining} of {limits.total} starts are left until tomorrow"
    if limits.remaining:
        return Check("Discord gateway", "ok", words)
    return Check("Discord gateway", "bad", words, "Wait, and find out what restarts the bot.")


async def _servers(client: ClippingClient, link: str) -> list[Check]:
    """The bot's permissions on every server; a channel may still take some away."""
    # The public fetch_guilds() leaves the permissions out.
    servers: list[Any] = await client.http.get_guilds(MAX_SERVERS)
    if not servers:
        remedy = f"Open {link} and choose a server."
        return [Check("Discord servers", "bad", "the bot is on none", remedy)]
    return [_server(server, link) for server in servers]


def _server(server: dict[str, Any], link: str) -> Check:
    granted = discord.Permissions(int(server["permissions"]))
    missing = [
        name.replace("_", " ")
        for name, wanted in PERMISSIONS
        if wanted and not granted.administrator and not getattr(granted, name)
    ]
    name = f"Discord server {server['name']}"
    if not missing:
        return Check(name, "ok", "all permissions are granted")
    remedy = f"Open {link} and choose that server again, or give its role the permissions."
    return Check(name, "bad", f"missing: {', '.join(missing)}", remedy)


def _essence(command: dict[str, Any] | None) -> Any:
    """What of a command people see; discord.py does not hand back all that it was given."""
    if command is None:
        return None
    options = [(each["name"], each["description"]) for each in command.get("options") or []]
    return command["type"], command.get("description", ""), options
