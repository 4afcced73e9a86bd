"""A watchdog for the socket: it notices a closed or deaf socket, and opens another.

Slack's client looks at its connection every few seconds and trusts what it sees. Sockets that stay
deaf while the process looks healthy are known (bolt-python issues 945 and 1529).
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.slack.incoming import PLATFORM

if TYPE_CHECKING:
    from aiohttp import WSMessage
    from slack_sdk.socket_mode.aiohttp import SocketModeClient

    from bot.desk.metrics import Metrics
    from bot.slack.connecting import SocketAddresses

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
DEAF_AFTER_PINGS = 4  # without a pong, a hello or an envelope
CLOSED = "is closed"
STALE_ADDRESS_S = 20.0  # after which the address of a socket that does not open is given up


class Watchdog:
    """Watches one Socket Mode client."""

    def __init__(
        self,
        client: SocketModeClient,
        addresses: SocketAddresses,
        metrics: Metrics,
        *,
        ping_every_s: float,
    ) -> None:
        self._client = client
        self._addresses = addresses
        self._deaf_after_s = DEAF_AFTER_PINGS * ping_every_s
        self._metrics = metrics
        self._heard_at = time.time()
        self._lost_at: float | None = None
        client.on_message_listeners.append(self._heard)

    async def watch(self) -> None:
        """Looks after the connection until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001  # whatever it is, look again
                log.debug("Slack's socket cannot be opened: %s", type(error).__name__)

    async def _look(self) -> None:
        """Opens another socket if there is something wrong with this one."""
        problem = self._of_the_socket()
        if problem is None:
            self._lost_at = None
            return
        if self._lost_at is None:
            self._lost_at = time.monotonic()
            log.warning("Slack's socket %s; opening another", problem)
            self._metrics.reconnects.labels(PLATFORM).inc()
        elif time.monotonic() - self._lost_at > STALE_ADDRESS_S:
            self._lost_at = time.monotonic()
            self._client.wss_uri = None  # an address is good once; slack_sdk would try it for ever
        # Without force, nothing happens if the client is connecting again by itself.
        await self._client.connect_to_new_endpoint(force=problem != CLOSED)
        self._heard_at = time.time()

    def problem(self) -> str | None:
        """Returns what is wrong with the connection; None while it is well."""
        of_the_socket = self._of_the_socket()
        return None if of_the_socket is None else self._addresses.problem or of_the_socket

    def _of_the_socket(self) -> str | None:
        session = self._client.current_session
        if session is None or session.closed:
            return CLOSED
        heard_at = max(self._heard_at, self._client.last_ping_pong_time or 0.0)
        if time.time() - heard_at > self._deaf_after_s:
            return "is deaf"
        receiver = self._client.message_receiver
        if receiver is None or receiver.done() or self._client.message_processor.done():
            return "has no reader"
        return None

    async def _heard(self, _message: WSMessage) -> None:
        self._heard_at = time.time()
