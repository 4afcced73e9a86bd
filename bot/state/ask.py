"""A question as it reaches the bot, the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

NO_WORKSPACE = "@"
"""What the workspace of a conversation begins with that belongs to no workspace."""

SMALL_TALK = "small_talk"
"""The outcome of a message that was no question, whatever was said to it."""

Kind: TypeAlias = Literal["question", "source", "share", "unreadable"]


@dataclass(frozen=True, slots=True)
class Key:
    """The message that a question came in; a question has one key, however often it arrives."""

    platform: str
    workspace: str
    channel: str
    message: str

    @property
    def of_workspace(self) -> bool:
        """Whether the channel belongs to a workspace; a direct message in Discord does not."""
        return bool(self.workspace) and not self.workspace.startswith(NO_WORKSPACE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a click was made: it decides whose answer the clicked button can belong to.

    Attributes:
        key: The channel that was clicked in, and the clicked message if anybody else sees it.
        user: Who clicked.
        direct: Whether the clicker is alone with the bot there.
        thread: The thread that was clicked in; empty outside of threads.
    """

    key: Key
    user: str
    direct: bool = False
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    Attributes:
        key: The message that it came in.
        user: Who asked.
        question: What was asked, without the mention.
        thread: The thread that the message stands in; empty outside threads.
        place: What the platform needs for a reply beyond the key; only the platform reads it.
        revision: Grows with every edit of the message; empty for the first wording.
        kind: "question"; "source" for a statement whose source is looked for; "share" for a
            question that was answered in private and is now answered for all; "unreadable" for a
            message to the bot whose text its platform hides from the bot.
    """

    key: Key
    user: str
    question: str = field(repr=False)
    thread: str = ""
    place: str = field(default="", repr=False)
    revision: str = ""
    kind: Kind = "question"
