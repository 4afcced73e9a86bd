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
            forwarded = request.headers.get("X-Forwarded-For", "")
            address = address_of(request.remote or "", forwarded)
            refusal = self._limits.refuse(address, "installations")
            if refusal is not None:
                return web.Response(status=429, headers={"Retry-After": str(refusal.seconds)})
        return await handler(request)


def address_of(peer: str, forwarded: str) -> str:
    """Returns who sent a request; behind a proxy of our own, whom that proxy names.

    Args:
        peer: The address at the other end of the connection.
        forwarded: The header X-Forwarded-For. Our proxy wrote its last entry; a client may have
            sent the others.

    Returns:
        An address of IPv4, or the network of one of IPv6, in which a client has 2^64 addresses.
    """
    sender = _parsed(peer)
    if sender is not None and sender.is_private:
        sender = _parsed(forwarded.rpartition(",")[2].strip()) or sender
    if isinstance(sender, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((sender, 64), strict=False))
    return str(sender)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Returns an address; None where there is none."""
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
