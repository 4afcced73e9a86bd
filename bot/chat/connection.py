"""What is known of a platform that is being served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


@dataclass(frozen=True, slots=True)
class Connection:
    """A platform that is being served.

    Attributes:
        ended: Ends, with the reason as its exception, when the platform is served no more.
        port: Where the platform delivers by HTTP; 0 where it does not.
    """

    ended: asyncio.Task[None]
    port: int = 0
