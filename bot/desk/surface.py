"""What a chat platform does for the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.page.reply import Reply
    from bot.state.ask import Ask


class UnreachableError(Exception):
    """The platform refuses, now and later, what was tried; its message is the platform's code."""


class ShutOutError(Exception):
    """The platform does not let the bot in any more: it refuses our token, whatever we ask."""


class GoneError(Exception):
    """The question is no longer there, so there is nothing to reply to."""


class Surface(Protocol):
    """What a platform does for the desk. A failure that may pass is raised as it comes."""

    async def post(self, ask: Ask, reply: Reply) -> str:
        """Posts a reply.

        Returns:
            What the reply can be found by; empty if it cannot be changed later.

        Raises:
            UnreachableError: The bot may not post where the question was asked.
            GoneError: The question was deleted meanwhile.
        """

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Shows another reply in place of the one posted before.

        Raises:
            UnreachableError: The one before cannot be changed any more.
        """

    async def remove(self, ask: Ask, posted: str) -> None:
        """Takes a reply back."""

    async def find(self, ask: Ask) -> str:
        """Returns what an earlier process posted for this question, empty if nothing."""

    async def aside(self, ask: Ask, reply: Reply) -> str:
        """Gets a reply that could not be posted to its asker in another way.

        Returns:
            Which way it went, in a word for the log.

        Raises:
            UnreachableError: The asker cannot be reached.
        """

    async def tell(self, ask: Ask, text: str) -> None:
        """Says a few fixed words that only the asker sees."""

    async def working(self, ask: Ask, *, on: bool) -> None:
        """Shows, or takes away, the sign that the question is being worked on."""
