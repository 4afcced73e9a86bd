"""A question as it reaches the desk, and what goes back: the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from bot.page import View
from bot.phrases import ENGLISH, Phrases

if TYPE_CHECKING:
    from retrieval.answers import Answer


Kind: TypeAlias = Literal["question", "source", "share"]

FIRST = View()


@dataclass(frozen=True, slots=True)
class Key:
    """Which message of which platform: every question has exactly one, however often it arrives."""

    platform: str
    workspace: str
    channel: str
    message: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    Attributes:
        user: Who asked.
        question: What was asked, without the mention.
        thread: Which conversation it belongs to; empty where the channel itself is one.
        place: What the platform needs to reply and the key does not say; nobody else reads it.
        revision: Grows with every edit of the message; empty for the first wording.
        kind: A question; a claim whose source is looked for; or a question asked in private before
            that is now answered for all.
    """

    key: Key
    user: str
    question: str = field(repr=False)
    thread: str = ""
    place: str = field(default="", repr=False)
    revision: str = ""
    kind: Kind = "question"


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show for one question.

    Attributes:
        id: Names the question in buttons, feedback and the log.
        answer: What was found out; None where only fixed words are left to say.
        words: The fixed words then.
        searched_for: What was searched, where that is not what was typed.
        heading: Fixed words to show above the answer.
        view: What of the answer to show first.
    """

    id: str
    phrases: Phrases = ENGLISH
    answer: Answer | None = None
    words: str = ""
    searched_for: str | None = None
    heading: str = ""
    view: View = FIRST


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
