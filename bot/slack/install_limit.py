"""A limit to how often installations may be begun, as each leaves a number in the database."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from aiohttp import web

from bot.desk.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

INSTALL_PATHS = frozenset({"/slack/install", "/slack/oauth_redirect"})
MAX_FROM_ADDRESS, MAX_FROM_ALL = 20, 300  # a minute; an installation takes two requests


class InstallLimit:
    """Counts the requests of the last minute, for each address and for all of them."""

    def __init__(self) -> None:
        self._limits = Limits(per_user=MAX_FROM_ADDRESS, per_channel=MAX_FROM_ALL)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answers 429 to a request too many; lets every other request pass."""
        if request.path in INSTALL_PATHS:
            refusal = self._limits.refuse(address_of(request), "installations")
            if refusal is not None:
                return web.Response(status=429, headers={"Retry-After": str(refusal.seconds)})
        return await handler(request)


def address_of(request: web.Request) -> str:
    """Returns who sent a request; behind a proxy of our own, whom that proxy names.

    Only the last entry of X-Forwarded-For was written by that proxy; a client may send the others.
    """
    peer = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return named if named and ipaddress.ip_address(peer).is_private else peer
    except ValueError:
        return peer
