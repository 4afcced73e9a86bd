"""Addresses to which a token is sent: encrypted on the way, or not leaving this machine."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

AMBIGUOUS = re.compile(r"[\s\\@]")  # libraries do not agree which host such an address names


def is_this_machine(host: str) -> bool:
    """Tells whether a host is the machine itself, as `localhost`, 127.0.0.1 and ::1 are."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Returns the host that an address names, in lower case; empty if it names none for sure."""
    if AMBIGUOUS.search(url):
        return ""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def check_address(url: str, scheme: str) -> None:
    """Accepts an address that begins with "https" or "wss"; on this machine also "http" or "ws".

    Raises:
        ValueError: It is another address, on which others could read the token.
    """
    host = host_of(url)
    plain = {"https": "http", "wss": "ws"}[scheme]
    if url.startswith(f"{scheme}://") and host:
        return
    if url.startswith(f"{plain}://") and is_this_machine(host):
        return
    raise ValueError(
        f"must start with {scheme}://, or with {plain}:// for a stand-in on this machine"
        " (localhost, 127.0.0.1), because a token is sent there"
    )
