"""Outages of the database: what must be read or noted is tried again until the database answers."""

from __future__ import annotations

import asyncio
import logging
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeVar

from bot.state.database import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0)  # before each new attempt; the last one again and again

Result = TypeVar("Result")


async def through_outage(call: Callable[[], Awaitable[Result]]) -> Result:
    """Returns what a call to the state returns, made again for as long as the database is gone.

    Raises:
        Exception: Whatever the call raises that has nothing to do with an outage.
    """
    for number, pause_s in enumerate(chain(PAUSES_S, repeat(PAUSES_S[-1]))):
        try:
            return await call()
        except UNREACHABLE as error:
            if not number:
                log.warning("the database does not answer: %s", type(error).__name__)
        await asyncio.sleep(pause_s)
    raise AssertionError  # the pauses have no end
