"""A visit to Discord: the bot logs in, has its commands at hand, and never connects."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bot.desk.service import Options, open_desk
from bot.discord.access import log_in
from bot.discord.client import ClippingClient
from retrieval.answers import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.discord.access import Access


@contextlib.asynccontextmanager
async def visit(access: Access) -> AsyncIterator[ClippingClient]:
    """Yields a client that may call Discord until the block ends; nobody can ask it anything.

    Raises:
        PlatformError: The token is missing or refused, or Discord is out of reach.
    """
    nobody_asks = Options()
    async with open_desk(_find_nothing, nobody_asks) as desk:
        client = ClippingClient(desk, nobody_asks, message_content=access.message_content)
        async with client:
            await log_in(client, access)
            yield client


def _find_nothing(question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG001  -- nobody asks
    return Answer(question)
