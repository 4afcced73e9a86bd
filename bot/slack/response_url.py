"""Answering by `response_url`, which Slack sends with clicks and commands; it needs no token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from bot.slack.incoming import PLATFORM

if TYPE_CHECKING:
    from bot.desk.metrics import Metrics
    from bot.slack.incoming import Fields

TIMEOUT = aiohttp.ClientTimeout(total=10)
PAUSES_S = (0.0, 0.5, 1.0)  # before each attempt
DEFAULT_WAIT_S = "1"  # where Slack does not say how long


class ResponseUrls:
    """Posts to addresses that are good for 30 minutes and five messages."""

    def __init__(self, session: aiohttp.ClientSession, metrics: Metrics) -> None:
        self._session = session
        self._metrics = metrics

    async def post(self, url: str, body: Fields) -> bool:
        """Posts a message; returns False when there is no address or it no longer works."""
        for pause in PAUSES_S if url else ():
            await asyncio.sleep(pause)
            try:
                async with self._session.post(url, json=body, timeout=TIMEOUT) as response:
                    if response.status < 400:
                        return True
                    if response.status == 429:
                        wait = response.headers.get("Retry-After", DEFAULT_WAIT_S)
                        await asyncio.sleep(float(wait))
                    elif response.status < 500:
                        self._metrics.api_errors.labels(PLATFORM, "response_url").inc()
                        return False
            except (aiohttp.ClientError, TimeoutError):
                continue
        return False
