"""The Discord bot: it connects, serves and stops."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import discord

from bot.chat.connection import Connection
from bot.discord.access import PORTAL, TOKEN_REFUSED, log_in
from bot.discord.client import ClippingClient
from bot.discord.incoming import PLATFORM
from config.errors import PlatformError, RefusedError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.chat.health import Health
    from bot.desk.desk import Desk
    from bot.desk.service import Options
    from bot.discord.access import Access

FIRST_CONNECTION_S = 60.0
WRONG_TOKEN = 4004  # the code with which the gateway closes


@contextlib.asynccontextmanager
async def attached(
    access: Access, desk: Desk, *, options: Options, health: Health
) -> AsyncIterator[Connection]:
    """Serves Discord from a desk that may serve other platforms too, until the block ends.

    Raises:
        PlatformError: The token is missing or refused, or Discord is out of reach.
    """
    client = ClippingClient(
        desk, options, message_content=access.message_content,
        identify_every_s=access.identify_every_s,
    )  # fmt: skip
    async with client:
        await log_in(client, access)
        desk.attach(PLATFORM, client.surface)
        ended = asyncio.create_task(_stay_connected(client))
        try:
            await _first_connection(client, ended, access)
            health.checks[PLATFORM] = client.problem
            yield Connection(ended)
        finally:
            await desk.detach(PLATFORM)
            await client.close()
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)


async def _stay_connected(client: ClippingClient) -> None:
    """Stays connected to the gateway until the client is closed.

    Raises:
        RefusedError: Discord refuses us until somebody changes something.
        PlatformError: Discord has closed the connection for good.
    """
    connecting = asyncio.create_task(client.connect())
    shut_out = asyncio.create_task(client.shut_out.wait())
    try:
        await asyncio.wait({connecting, shut_out}, return_when=asyncio.FIRST_COMPLETED)
        if client.shut_out.is_set():
            raise RefusedError(TOKEN_REFUSED)
        await connecting
    except discord.PrivilegedIntentsRequired:
        raise RefusedError(
            "Discord does not let this app read every message: unset DISCORD_MESSAGE_CONTENT, or "
            f"turn Message Content Intent on at {PORTAL}, your app, Bot."
        ) from None
    except discord.ConnectionClosed as error:
        if error.code == WRONG_TOKEN:
            raise RefusedError(TOKEN_REFUSED) from None
        raise PlatformError(
            f"Discord closed the connection for good (code {error.code})."
        ) from None
    finally:
        connecting.cancel()
        shut_out.cancel()
        await asyncio.gather(connecting, shut_out, return_exceptions=True)


async def _first_connection(
    client: ClippingClient, ended: asyncio.Task[None], access: Access
) -> None:
    """Waits for the gateway to greet us.

    Raises:
        PlatformError: The gateway refuses us, or does not answer.
    """
    greeted = asyncio.create_task(client.greeted.wait())
    done, _ = await asyncio.wait(
        {greeted, ended}, timeout=FIRST_CONNECTION_S, return_when=asyncio.FIRST_COMPLETED
    )
    greeted.cancel()
    if ended in done:
        ended.result()
    if greeted not in done:
        raise PlatformError(
            f"Discord's gateway at {access.gateway_url} does not answer: check the network, "
            "or DISCORD_GATEWAY_URL."
        )
