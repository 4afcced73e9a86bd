"""Opening sockets: Slack is asked for an address after growing pauses while it gives none.

Two loops open a socket that was closed, slack_sdk's own and our watchdog. Both ask here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.errors import code_of
from bot.slack.token_watch import APP_TOKEN

if TYPE_CHECKING:
    from slack_sdk.socket_mode.aiohttp import SocketModeClient

    from bot.slack.token_watch import TokenWatch

log = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # after each refusal; the last one again and again


class SocketAddresses:
    """Asks Slack for the address of the next socket, one request at a time."""

    def __init__(
        self,
        client: SocketModeClient,
        watch: TokenWatch,
        *,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        """Takes the place of the client's own way to ask."""
        self._client = client
        self._watch = watch
        self._pauses_s = pauses_s
        self._turn = asyncio.Lock()
        self._refusals = 0
        self._not_before = 0.0
        self.problem: str | None = None
        client.issue_new_wss_url = self.ask  # type: ignore[method-assign]  # both loops call it

    async def ask(self) -> str:
        """Returns an address.

        Raises:
            SlackApiError: Slack gives none.
        """
        async with self._turn:
            await asyncio.sleep(self._not_before - time.monotonic())
            try:
                token = self._client.app_token
                opened = await self._client.web_client.apps_connections_open(app_token=token)
            except Exception as error:
                self._refused(error)
                raise
            self._refusals, self.problem = 0, None
            self._watch.accepted(APP_TOKEN)
            return str(opened["url"])

    def _refused(self, error: Exception) -> None:
        """Notes a refusal. The log has a line for the first of many that are alike."""
        code = code_of(error) if isinstance(error, SlackApiError) else ""
        problem = f"gets no socket ({code or type(error).__name__})"
        dead = isinstance(error, SlackApiError) and self._watch.note(APP_TOKEN, error)
        if problem != self.problem and not dead:
            log.warning("Slack %s; trying again with growing pauses", problem)
        self.problem = problem
        pause = self._pauses_s[min(self._refusals, len(self._pauses_s) - 1)]
        self._refusals += 1
        self._not_before = time.monotonic() + pause
