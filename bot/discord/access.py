"""Access to Discord: the token, the address of its API, and a check of both."""

from __future__ import annotations

from dataclasses import dataclass, field

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.reachable import reachable
from config.errors import PlatformError, RefusedError

PORTAL = "https://discord.com/developers/applications"
TOKEN_REFUSED = (
    f"Discord refused DISCORD_TOKEN: reset it at {PORTAL}, your app, Bot, "
    "and copy the new one into .env."
)
API_URL = "https://discord.com/api/v10"
GATEWAY_URL = "wss://gateway.discord.gg/"
IDENTIFY_EVERY_S = 5.0
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    add_reactions=True,  # the last way to show that a question cannot be answered
    read_message_history=True,  # Discord asks for it where a message replies to another
)


@dataclass(frozen=True, slots=True)
class Access:
    """The token that Discord gave us, and where Discord is.

    Attributes:
        token: The bot's token.
        api_url: Discord's REST API, or a stand-in; no slash at its end.
        gateway_url: Discord's gateway, or a stand-in.
        message_content: Whether the app has the privileged intent to read every message.
        identify_every_s: How long a shard, or a session that begins anew, waits before it says who
            it is, in seconds; Discord allows one in five seconds.
    """

    token: str = field(default="", repr=False)
    api_url: str = API_URL
    gateway_url: str = GATEWAY_URL
    message_content: bool = False
    identify_every_s: float = IDENTIFY_EVERY_S


def point_at(access: Access) -> None:
    """Lets discord.py call that server; it keeps one address for the whole process."""
    Route.BASE = access.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(access.gateway_url)


async def log_in(client: discord.Client, access: Access) -> None:
    """Logs the client in; Discord then tells it who we are.

    Raises:
        PlatformError: The token is missing or refused, or Discord cannot be reached.
    """
    if not access.token:
        raise PlatformError(
            f"DISCORD_TOKEN is not set: copy it from {PORTAL}, your app, Bot, into .env."
        )
    point_at(access)
    try:
        with reachable("Discord", access.api_url, "DISCORD_API_URL"):
            await client.login(access.token)
    except discord.LoginFailure:
        raise RefusedError(TOKEN_REFUSED) from None
    except discord.HTTPException as error:
        raise PlatformError(
            f"Discord did not let us in (HTTP {error.status}): try again in some minutes."
        ) from None


def invitation(application_id: int) -> str:
    """Returns the link that adds the bot to a server, with the fewest permissions it needs."""
    return discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
