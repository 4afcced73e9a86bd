"""Where a reply goes, beyond what the key of its question says; kept with the claim."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from bot.state.ask import Ask

TargetKind: TypeAlias = Literal["message", "private", "channel"]

FORMER_NAMES = {"way": "kind", "stamp": "message", "url": "token"}
"""Claims that an earlier version left unfinished hold these names."""


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where a reply goes.

    Attributes:
        kind: Under a message; to one person alone; or into the channel, for everybody.
        message: The message that the question stands in, the message that was clicked, or the
            private message that waits for the reply; empty where there is none.
        token: What lets the bot write to one person alone for a while. In Slack a `response_url`,
            good for 30 minutes; in Discord the token of an interaction, good for 15 minutes.
    """

    kind: TargetKind = "message"
    message: str = ""
    token: str = field(default="", repr=False)

    def written(self) -> str:
        """Returns the target as it is kept with the claim."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, ask: Ask) -> ReplyTarget:
        """Returns the target of a question; its message where no target is kept any more."""
        if not ask.place:
            return cls(message=ask.key.message)
        kept: dict[str, str] = json.loads(ask.place)
        return cls(**{FORMER_NAMES.get(name, name): value for name, value in kept.items()})  # type: ignore[arg-type]  # `kind` is one of ours
