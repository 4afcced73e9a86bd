"""What `clipping doctor` looks at in Discord: token, intents, commands, gateway, permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord.http import Route

from bot.chat.checkup import Check
from bot.discord.access import PERMISSIONS, PORTAL, invitation
from bot.discord.localisation import PhraseTranslator
from bot.discord.login import visit
from config.errors import ClippingError

if TYPE_CHECKING:
    from bot.discord.access import Access
    from bot.discord.client import ClippingClient
    from bot.discord.commands import Tree

MAX_SERVERS = 200  # what Discord names at once
ALL_COMMANDS = "/applications/{application_id}/commands"
VISIBLE_FIELDS = ("type", "name", "name_localizations", "description", "description_localizations")


async def check_discord(access: Access) -> list[Check]:
    """Checks everything that can be seen with the token there is."""
    try:
        async with visit(access) as client:
            return await _check_all(access, client)
    except ClippingError as error:
        return [Check("Discord token", "bad", str(error))]
    except discord.HTTPException as error:
        text = f"Discord refused a question (HTTP {error.status}, code {error.code})"
        return [Check("Discord", "bad", text, "Try again in some minutes.")]


async def _check_all(access: Access, client: ClippingClient) -> list[Check]:
    """Checks everything but the token, which was accepted."""
    link = invitation(client.application_id or 0)
    application = await client.application_info()
    return [
        Check("Discord token", "ok", f"it is {application.name}'s"),
        _check_intents(access, application),
        await _check_commands(client),
        await _check_gateway(client),
        *await _check_servers(client, link),
        Check("Discord invitation", "ok", link),
    ]


def _check_intents(access: Access, application: discord.AppInfo) -> Check:
    """Checks whether the app may read what it is set to read."""
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


async def _check_commands(client: ClippingClient) -> Check:
    """Checks whether Discord offers the commands of this version, in all its languages."""
    # The public fetch_commands() leaves the languages out.
    route = Route("GET", ALL_COMMANDS, application_id=client.application_id)
    fetched: list[dict[str, Any]] = await client.http.request(
        route, params={"with_localizations": "true"}
    )
    known = {command["name"]: _visible(command) for command in fetched}
    ours = {command["name"]: _visible(command) for command in await _declared(client.tree)}
    stale = sorted(name for name, visible in ours.items() if known.get(name) != visible)
    if not stale:
        return Check("Discord commands", "ok", f"all {len(ours)} are synced")
    text = f"not synced: {', '.join(stale)}"
    return Check("Discord commands", "bad", text, "Run clipping discord-sync.")


async def _declared(tree: Tree) -> list[dict[str, Any]]:
    """Returns the commands as a sync would send them."""
    translator = PhraseTranslator()
    return [
        await command.get_translated_payload(tree, translator) for command in tree.get_commands()
    ]


async def _check_gateway(client: ClippingClient) -> Check:
    """Checks how often the bot may still start today."""
    limits = await client.fetch_session_start_limits()
    text = f"{limits.remaining} of {limits.total} starts are left until tomorrow"
    if limits.remaining:
        return Check("Discord gateway", "ok", text)
    return Check("Discord gateway", "bad", text, "Wait, and find out what restarts the bot.")


async def _check_servers(client: ClippingClient, link: str) -> list[Check]:
    """Checks the bot's permissions on every server; a channel may still take some away."""
    # The public fetch_guilds() leaves the permissions out.
    servers: list[Any] = await client.http.get_guilds(MAX_SERVERS)
    if not servers:
        remedy = f"Open {link} and choose a server."
        return [Check("Discord servers", "bad", "the bot is on none", remedy)]
    return [_check_server(server, link) for server in servers]


def _check_server(server: dict[str, Any], link: str) -> Check:
    """Checks the bot's permissions on one server."""
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


def _visible(command: dict[str, Any]) -> dict[str, Any]:
    """Returns what people see of a command, of its options and of their choices.

    Discord adds fields of its own, and leaves out what is empty.
    """
    seen = {name: command[name] for name in VISIBLE_FIELDS if command.get(name)}
    for name in ("options", "choices"):
        if command.get(name):
            seen[name] = [_visible(part) for part in command[name]]
    return seen
