"""Calls to Discord: they are repeated when the line breaks; refusals are put into our words."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord

from bot.desk.surface import GoneError, UnreachableError
from bot.discord.embeds import without_links
from bot.discord.incoming import PLATFORM

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk.metrics import Metrics
    from bot.discord.embeds import Payload

PAUSES_S = (0.0, 0.5, 1.0, 2.0, 4.0)  # before each attempt
ALREADY_ACKNOWLEDGED, INVALID_FORM = 40060, 50035
PASSING_STATUSES = frozenset({408, 425, 429})  # of 400 to 499, in which all others are final

Result = TypeVar("Result")

log = logging.getLogger(__name__)


async def retry(call: Callable[[], Awaitable[Result]]) -> Result:
    """Returns what a call returns; the call must do no harm when it is made twice.

    discord.py itself waits and tries again on 429, 500, 502 and 504; not when a connection is cut,
    and not on 503.
    """
    problem: Exception | None = None
    for pause in PAUSES_S:
        await asyncio.sleep(pause)
        try:
            return await call()
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            problem = error
        except discord.DiscordServerError as error:
            problem = error
            if error.status != 503:
                break
    raise problem or TimeoutError


async def send_with_or_without_links(
    payload: Payload, call: Callable[[Payload], Awaitable[Result]]
) -> Result:
    """Returns what a call with a message returns.

    Discord may refuse an address in a title; the message then goes without its links.
    """
    try:
        return await retry(lambda: call(payload))
    except discord.HTTPException as error:
        if error.code != INVALID_FORM or not any("url" in embed for embed in payload.embeds):
            raise
        log.warning("Discord refused a message; once more without its links")
        return await retry(lambda: call(without_links(payload)))


def translate_error(error: discord.HTTPException, metrics: Metrics) -> Exception:
    """Counts a refusal, and returns it as the desk understands it; unchanged where it may pass.

    Discord has hundreds of codes and adds more, so the HTTP status decides what is final.
    """
    metrics.api_errors.labels(PLATFORM, str(error.code or error.status)).inc()
    if error.code == INVALID_FORM and "message_reference" in error.text:
        return GoneError(str(error.code))
    if error.status in PASSING_STATUSES or not 400 <= error.status < 500:
        return error
    return UnreachableError(str(error.code or f"HTTP {error.status}"))
