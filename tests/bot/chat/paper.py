"""A chat platform on paper: its messages are sheets that a test can read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chat.clicks import Click
from bot.chat.reply_target import ReplyTarget
from bot.chat.surface import ChatSurface
from bot.desk.surface import UnreachableError
from bot.page.layout import View
from bot.state.ask import Ask, Key

if TYPE_CHECKING:
    from bot.chat.surface import Way
    from bot.page.layout import Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply

PLATFORM = "paper"
CHANNEL = Key(PLATFORM, "W", "C", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message: what it says, and what stands above and below it."""

    text: str
    claim_id: str = ""
    view: View = View()  # noqa: RUF009  # frozen
    shareable: bool = False
    asker: str = ""
    preamble: str = ""


class PaperWriter:
    """Writes sheets."""

    def compose(self, reply: Reply, *, widen: Widen, shareable: bool = False) -> Sheet:  # noqa: ARG002  # sheets show no context
        text = reply.text if reply.answer is None else reply.answer.question
        return Sheet(text, reply.id, reply.view, shareable)

    def with_asker(self, payload: Sheet, ask: Ask, reply: Reply) -> Sheet:
        return replace(payload, asker=f"{ask.user} {reply.asked(ask.question)}")

    def with_preamble(self, text: str, payload: Sheet) -> Sheet:
        return replace(payload, preamble=text)


class PaperSurface(ChatSurface[Sheet]):
    """Keeps every sheet where it was sent; a test may close ways or let time run out."""

    def __init__(self) -> None:
        super().__init__(PaperWriter(), lambda quote: quote)
        self.channel: list[Sheet] = []
        self.direct: list[Sheet] = []
        self.whispers: list[Sheet] = []
        self.private: dict[str, Sheet] = {}
        self.told: list[str] = []
        self.asked_why: list[str] = []
        self.thanked: list[str] = []
        self.marked: list[str] = []
        self.refused: dict[Way, str] = {}
        self.closed = False
        self.fixed = False
        self.too_late = False
        self.broken = False

    async def send(self, ask: Ask, payload: Sheet, reply_id: str) -> str:  # noqa: ARG002  # one channel
        if self.closed:
            raise UnreachableError
        self._pass("here")
        self.channel.append(payload)
        return f"p{len(self.channel)}"

    async def send_direct(self, ask: Ask, payload: Sheet, reply_id: str) -> None:  # noqa: ARG002  # one person
        self._pass("direct")
        self.direct.append(payload)

    async def whisper(self, ask: Ask, payload: Sheet) -> None:  # noqa: ARG002  # as above
        self._pass("whisper")
        self.whispers.append(payload)

    async def replace_private(self, target: ReplyTarget, payload: Sheet) -> bool:
        if self.broken:
            raise ConnectionError
        if self.too_late:
            return False
        self.private[target.message] = payload
        return True

    async def show_instead(self, click: Click, payload: Sheet) -> None:
        if self.fixed:
            raise UnreachableError("fixed")
        self.private[click.target.message] = payload

    async def tell_clicker(self, click: Click, text: str) -> None:  # noqa: ARG002  # as above
        self.told.append(text)

    async def ask_reason(self, click: Click, phrases: Phrases) -> bool:  # noqa: ARG002  # as above
        if not self.too_late:
            self.asked_why.append(phrases.why)
        return not self.too_late

    async def thank_for_reason(self, click: Click, phrases: Phrases) -> None:  # noqa: ARG002  # as above
        self.thanked.append(phrases.thanks)

    def can_share(self, ask: Ask) -> bool:
        return ask.key.workspace == CHANNEL.workspace

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None: ...

    async def remove(self, ask: Ask, posted: str) -> None: ...

    async def find(self, ask: Ask) -> str:  # noqa: ARG002  # nothing was posted before
        return ""

    def ways(self, ask: Ask) -> tuple[Way, ...]:  # noqa: ARG002  # the same for every question
        return ("whisper", "direct", "here", "mark")

    async def mark(self, ask: Ask) -> None:
        self._pass("mark")
        self.marked.append(ask.key.message)

    def _pass(self, way: Way) -> None:
        """Goes a way, unless it is refused."""
        if way in self.refused:
            raise UnreachableError(self.refused[way])

    async def working(self, ask: Ask, *, on: bool) -> None: ...


def private_question(question: str = "where?", message: str = "command:1") -> Ask:
    """Returns a question of Ada's that only she sees answered."""
    target = ReplyTarget("private", "m1", "token")
    return Ask(replace(CHANNEL, message=message), "ada", question, place=target.written())


def click_on(claim_id: str, *, shareable: bool = True, user: str = "ada") -> Click:
    """Returns a click on a button below the answer to a question."""
    return Click(CHANNEL, user, claim_id, shareable, ReplyTarget("private", "m1", "token"))
