"""The surface of a chat platform: which form of a reply goes where, decided once.

A platform writes its own format and makes its own calls; everything that it sends leaves through
its surface.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeAlias, TypeVar

from bot.chat.clicks import shared_claim
from bot.chat.reply_target import ReplyTarget
from bot.desk.surface import UnreachableError
from bot.page.reply import Reply

if TYPE_CHECKING:
    from bot.chat.clicks import Click
    from bot.page.layout import Widen
    from bot.page.phrases import Phrases
    from bot.state.ask import Ask

log = logging.getLogger(__name__)

Payload = TypeVar("Payload")

Way: TypeAlias = Literal["here", "whisper", "direct", "mark"]
"""How a question's asker can be reached: a post for everybody where it was asked, a message there
that the asker alone sees, a direct message, or a sign on the question, which says no words.
"""


class Writer(Protocol[Payload]):
    """Writes messages in a platform's format; `bot.slack.messages` is one."""

    def compose(self, reply: Reply, *, widen: Widen, shareable: bool = False) -> Payload:
        """Returns the message for a reply, with a Share button if it is shareable."""

    def with_asker(self, payload: Payload, ask: Ask, reply: Reply) -> Payload:
        """Returns the message with who asked what above it."""

    def with_preamble(self, text: str, payload: Payload) -> Payload:
        """Returns the message with fixed words above it."""


class ChatSurface(ABC, Generic[Payload]):
    """Decides which form of a reply goes where; a subclass for each platform sends.

    `Payload` is a message in the platform's own format.
    """

    def __init__(self, writer: Writer[Payload], widen: Widen) -> None:
        self._writer = writer
        self._widen = widen

    async def post(self, ask: Ask, reply: Reply) -> str:
        """Posts a reply, and returns what it can be found by; see `bot.desk.surface.Surface`.

        A share that cannot be posted gives the asker the private answer back, with its Share
        button and with what to do. Once a share is posted, the private answer loses the button.
        """
        target = ReplyTarget.of(ask)
        if target.kind == "private":
            await self.whisper(ask, self.written(reply, shareable=self.can_share(ask)))
            return ""
        asker = ask if target.kind == "channel" else None
        try:
            posted = await self.send(ask, self.written(reply, asker=asker), reply.id)
        except UnreachableError as refusal:
            if ask.kind != "share":
                raise
            invited = self.may_be_invited(ask, refusal)
            advice = reply.phrases.invite if invited else reply.phrases.not_shared
            again = self.written(reply, shareable=True, preamble=advice)
            if not await self.replace_private(target, again):
                raise
            return ""
        if ask.kind == "share":
            await self._take_share_button_away(target, ask, reply)
        return posted

    async def aside(self, ask: Ask, reply: Reply) -> str:
        """Gets a reply that could not be posted to its asker, and says why it comes there."""
        tried = "whisper" if ReplyTarget.of(ask).kind == "private" else "here"
        payload = self.written(reply, preamble=reply.phrases.unreachable)
        left = tuple(way for way in self.ways(ask) if way != tried)
        return await self._by_first_open_way(left, ask, payload, reply.id)

    async def tell(self, ask: Ask, text: str) -> None:
        """Says something to the asker, alone if that is possible."""
        await self._by_first_open_way(self.ways(ask), ask, self.written(Reply("", text=text)), "")

    async def _by_first_open_way(
        self, ways: tuple[Way, ...], ask: Ask, payload: Payload, reply_id: str
    ) -> str:
        """Reaches the asker by the first way that the platform does not refuse; returns the way.

        Raises:
            UnreachableError: The platform refused all ways; names the last refusal.
        """
        last = UnreachableError("unreachable")
        for way in ways:
            try:
                await self._go(way, ask, payload, reply_id)
            except UnreachableError as refusal:
                last = refusal
            else:
                return way
        raise last

    async def _go(self, way: Way, ask: Ask, payload: Payload, reply_id: str) -> None:
        """Reaches the asker by one way."""
        if way == "here":
            await self.send(ask, payload, reply_id)
        elif way == "whisper":
            await self.whisper(ask, payload)
        elif way == "direct":
            await self.send_direct(ask, payload, reply_id)
        else:
            await self.mark(ask)

    def written(
        self, reply: Reply, *, shareable: bool = False, preamble: str = "", asker: Ask | None = None
    ) -> Payload:
        """Returns a reply in the platform's format.

        Args:
            reply: What to show.
            shareable: Whether a Share button stands below it.
            preamble: Fixed words above it; empty for none.
            asker: The question whose asker is named above it; None where everybody saw it asked.
        """
        payload = self._writer.compose(reply, widen=self._widen, shareable=shareable)
        if asker is not None:
            payload = self._writer.with_asker(payload, asker, reply)
        return self._writer.with_preamble(preamble, payload) if preamble else payload

    async def _take_share_button_away(self, target: ReplyTarget, ask: Ask, reply: Reply) -> None:
        """Shows the private answer without Share; the answer is posted, whatever happens here."""
        private = self.written(replace(reply, id=shared_claim(ask)))
        try:
            await self.replace_private(target, private)
        except Exception:  # noqa: BLE001  # raising would post the answer once more
            log.warning("the Share button of question %s was not taken away", reply.id)

    def can_share(self, ask: Ask) -> bool:  # noqa: ARG002  # a platform may look at it
        """Returns whether others could see the private answer to a question if it was shared."""
        return True

    def may_be_invited(self, ask: Ask, refusal: UnreachableError) -> bool:  # noqa: ARG002  # as above
        """Returns whether an invitation would let the bot post where it was refused."""
        return True

    @abstractmethod
    def ways(self, ask: Ask) -> tuple[Way, ...]:
        """Returns the ways to the asker of a question, best first."""

    @abstractmethod
    async def mark(self, ask: Ask) -> None:
        """Shows on the question itself that it could not be answered.

        Raises:
            UnreachableError: That is not possible.
        """

    @abstractmethod
    async def send(self, ask: Ask, payload: Payload, reply_id: str) -> str:
        """Posts a message once where the question was asked, and returns what it is found by.

        Raises:
            UnreachableError: The bot may not post there.
            GoneError: The question was deleted meanwhile.
        """

    @abstractmethod
    async def send_direct(self, ask: Ask, payload: Payload, reply_id: str) -> None:
        """Sends a direct message to the asker."""

    @abstractmethod
    async def whisper(self, ask: Ask, payload: Payload) -> None:
        """Shows a message to the asker alone, where the question or the command was typed.

        Raises:
            UnreachableError: That is not possible, or not any more.
        """

    @abstractmethod
    async def replace_private(self, target: ReplyTarget, payload: Payload) -> bool:
        """Changes a message that one person sees; returns whether that was still possible."""

    @abstractmethod
    async def show_instead(self, click: Click, payload: Payload) -> None:
        """Shows a message in place of the clicked one.

        Raises:
            UnreachableError: The clicked message cannot be changed any more.
        """

    @abstractmethod
    async def tell_clicker(self, click: Click, text: str) -> None:
        """Says something that the clicker alone sees."""

    @abstractmethod
    async def ask_reason(self, click: Click, phrases: Phrases) -> bool:
        """Asks the clicker what is wrong with an answer; returns whether it was still possible."""

    @abstractmethod
    async def thank_for_reason(self, click: Click, phrases: Phrases) -> None:
        """Takes the question for the reason away, once the clicker has answered it."""
