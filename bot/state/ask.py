"""A question as it reaches the bot: the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["question", "source", "share"]


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
