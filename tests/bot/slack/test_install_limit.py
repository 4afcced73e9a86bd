"""Who begins an installation: the other end of the connection, or whom our own proxy names."""

from __future__ import annotations

import pytest

from bot.slack.install_limit import address_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", "", "198.51.100.7"),
        ("8.8.8.8", "9.9.9.9", "8.8.8.8"),
        ("127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.2", "made up, 9.9.9.9", "9.9.9.9"),
        ("10.0.0.2", "9.9.9.9, made up", "10.0.0.2"),
        ("2a00:1450:1:2:3::4", "", "2a00:1450:1:2::/64"),
        ("", "9.9.9.9", "None"),
    ],
    ids=["direct", "a client that names another", "a proxy on this machine", "a proxy beside us",
         "a proxy that names nobody", "IPv6", "nobody knows"],
)  # fmt: skip
def test_the_sender_of_a_request_is_told_by_whom_we_can_trust(
    peer: str, forwarded: str, address: str
) -> None:
    assert address_of(peer, forwarded) == address
