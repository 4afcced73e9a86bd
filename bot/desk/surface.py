"""What a chat platform does for the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.page.reply import Reply
    from bot.state.ask import Ask


class UnreachableError(Exception):
    """Nothing can be posted where the question was asked, now or later."""


class GoneError(Exception):
    """The question is no longer there, so there is nothing to reply to."""


class Surface(Protocol):
    """What a platform does for the desk. A failure that may pass is raised as it comes."""

    async def post(self, ask: Ask, reply: Reply) -> str:
        """Post a reply, and say what it can be found by; empty if it cannot be changed later.

        Raises:
            UnreachableError: There is no posting where the question was asked.
            GoneError: The question was deleted meanwhile.
        """

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Show another reply in place of the one posted before."""

    async def remove(self, ask: Ask, posted: str) -> None:
        """Take a reply back."""

    async def find(self, ask: Ask) -> str:
        """What an earlier process posted for this question, empty if nothing."""

    async def aside(self, ask: Ask, reply: Reply) -> None:
        """Reply to the asker alone, somewhere else than where the question was asked."""

    async def tell(self, ask: Ask, words: str) -> None:
        """Say a few fixed words that only the asker sees."""

    async def working(self, ask: Ask, *, on: bool) -> None:
        """Show, or take away, the sign that the question is being worked on."""
