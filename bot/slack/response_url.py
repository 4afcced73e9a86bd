"""Answering by `response_url`, which Slack sends with clicks and commands; it needs no token."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import aiohttp

from bot.slack.errors import ContentRefusedError, refusal_of
from bot.slack.incoming import PLATFORM
from config.addresses import host_of, is_this_machine

if TYPE_CHECKING:
    from bot.desk.metrics import Metrics
    from bot.slack.incoming import Fields

log = logging.getLogger(__name__)

HOOKS = "hooks.slack.com"
TIMEOUT = aiohttp.ClientTimeout(total=10)
PAUSES_S = (0.0, 0.5, 1.0)  # before each attempt
DEFAULT_WAIT_S = "1"  # where Slack does not say how long


def is_slacks(url: str, api_url: str) -> bool:
    """Tells whether an address is Slack's own: what is posted there holds an answer.

    It is Slack's usual host, where the API is, or at `hooks` beside it. Only a stand-in on this
    machine has addresses that are not encrypted.
    """
    host, api = host_of(url), host_of(api_url)
    if url.startswith("https://") and host in {HOOKS, api, f"hooks.{api}"} - {""}:
        return True
    return is_this_machine(api) and is_this_machine(host)


class ResponseUrls:
    """Posts to addresses that are good for 30 minutes and five messages."""

    def __init__(self, session: aiohttp.ClientSession, metrics: Metrics, api_url: str) -> None:
        self._session = session
        self._metrics = metrics
        self._api_url = api_url

    async def post(self, url: str, body: Fields) -> bool:
        """Posts a message; returns False when there is no address or it no longer works.

        Raises:
            ContentRefusedError: Slack refuses the blocks; the address may still be good.
        """
        if url and not is_slacks(url, self._api_url):
            log.warning("an address to answer at is not Slack's own, and is not used")
            return False
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
                        refusal = refusal_of(_code_in(await response.text()))
                        if isinstance(refusal, ContentRefusedError):
                            raise refusal
                        return False
            except (aiohttp.ClientError, TimeoutError):
                continue
        return False


def _code_in(body: str) -> str:
    """Returns Slack's word for a refusal, which comes as JSON or as plain text."""
    try:
        return str(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return body.strip()
