"""What a build reports while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.documents.left_out import Noted, Skipped, Unread


class Progress:
    """Receives the reports of a build; this class ignores all of them."""

    def step(self, text: str) -> None:
        """Receives what is being done now."""

    def encoded(self, done: int, total: int) -> None:
        """Receives how many of all texts are encoded."""

    def skipped(self, left_out: Skipped | Unread) -> None:
        """Receives what is left out, and why."""

    def noted(self, remark: Noted) -> None:
        """Receives a remark on how an article was read."""
