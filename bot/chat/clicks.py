"""A click on a button below an answer, the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chat.reply_target import ReplyTarget
from bot.state.ask import Ask, Origin

if TYPE_CHECKING:
    from bot.state.ask import Key

SHARE_PREFIX = "share:"


@dataclass(frozen=True, slots=True)
class Click:
    """A click.

    Attributes:
        channel: The channel that was clicked in; the `message` of this key is empty.
        user: Who clicked.
        claim_id: Names the question that the clicked answer belongs to.
        shareable: Whether the clicker alone sees the clicked message, where others could see it.
        target: The clicked message, or the private message that the platform waits for.
        thread: The thread that was clicked in; empty outside of threads.
        form_trigger: What lets the platform open a form at this click, for some seconds.
        direct: Whether the clicker is alone with the bot there.
    """

    channel: Key
    user: str
    claim_id: str
    shareable: bool
    target: ReplyTarget
    thread: str = ""
    form_trigger: str = ""
    direct: bool = False

    @property
    def origin(self) -> Origin:
        """Where it was clicked; a message that the clicker alone sees has no id for others."""
        seen = self.target.message if self.target.kind == "message" else ""
        return Origin(replace(self.channel, message=seen), self.user, self.direct, self.thread)

    @property
    def share_key(self) -> Key:
        """The key under which the clicked answer is shared: the same at every click."""
        return replace(self.channel, message=f"{SHARE_PREFIX}{self.claim_id}")

    def share(self, question: str) -> Ask:
        """Returns the question to answer once more, for everybody in the channel."""
        target = replace(self.target, kind="channel").written()
        return Ask(self.share_key, self.user, question, self.thread, target, kind="share")

    def notice(self) -> Ask:
        """Returns what stands for a question where something is said to the clicker alone."""
        place = ReplyTarget("private", token=self.target.token).written()
        return Ask(self.channel, self.user, "", self.thread, place)


def shared_claim(ask: Ask) -> str:
    """Returns the id of the private question that a share began with."""
    return ask.key.message.removeprefix(SHARE_PREFIX)
