"""A chat platform in a list: what was posted, changed, removed and whispered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.desk.surface import UnreachableError
from bot.state.ask import Ask, Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.page.reply import Reply


def ask(question: str = "where?", message: str = "1", **fields: str) -> Ask:
    """A question of Ada's in the channel "C"."""
    key = Key("paper", "W", fields.pop("channel", "C"), message)
    return Ask(key, fields.pop("user", "ada"), question, **fields)  # type: ignore[arg-type]  # kind


def said(reply: Reply) -> str:
    """What a reader would see of a reply: the first clipping, or the fixed words."""
    if reply.answer is None:
        return reply.text
    return reply.answer.findings[0].quote.text if reply.answer.found else reply.phrases.not_found


class Paper:
    """A surface that keeps everything; `before_post` may raise, or wait."""

    def __init__(self) -> None:
        self.posts: dict[str, str] = {}
        self.asides: list[str] = []
        self.told: list[str] = []
        self.busy: list[bool] = []
        self.events: list[str] = []
        self.left_by_others: dict[str, str] = {}
        self.before_post: Callable[[Ask], None] = lambda _: None
        self.closed = False
        self.fixed: set[str] = set()
        self.unreachable = False

    async def post(self, ask: Ask, reply: Reply) -> str:
        if self.closed:
            raise UnreachableError
        self.before_post(ask)
        posted = f"p{len(self.posts) + 1}"
        self.posts[posted] = said(reply)
        self.events.append(f"post {said(reply)}")
        return posted

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:  # noqa: ARG002
        if posted in self.fixed:
            raise UnreachableError("edit_window_closed")
        self.posts[posted] = said(reply)
        self.events.append(f"update {said(reply)}")

    async def remove(self, ask: Ask, posted: str) -> None:  # noqa: ARG002
        self.posts.pop(posted, None)

    async def find(self, ask: Ask) -> str:
        return self.left_by_others.get(ask.key.message, "")

    async def aside(self, ask: Ask, reply: Reply) -> str:  # noqa: ARG002
        if self.unreachable:
            raise UnreachableError("cannot_dm")
        self.asides.append(said(reply))
        return "direct"

    async def tell(self, ask: Ask, words: str) -> None:  # noqa: ARG002
        self.told.append(words)

    async def working(self, ask: Ask, *, on: bool) -> None:  # noqa: ARG002
        self.busy.append(on)
