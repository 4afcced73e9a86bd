"""The state of one made-up workspace: who is in it, where they talk, what was said."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.slack.signal import Signal

Json = dict[str, Any]

ALICE, BOB = "U01ALICE", "U02BOB"
GENERAL, RANDOM = "C01GENERAL", "C02RANDOM"
BOT_USER, BOT_ID, APP_ID, TEAM = "U0BOT", "B0BOT", "A01APP", "T01TEST"


class SlackError(Exception):
    """The API answers `{"ok": false, "error": code}`."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.payload: Json = {"ok": False, "error": code, **details}


class Clock:
    """Time as the workspace sees it: tests move it forward instead of waiting."""

    def __init__(self) -> None:
        self._ahead_s = 0.0
        self._last_us = 0

    def now(self) -> float:
        """Returns the seconds since 1970."""
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Moves the time on at once."""
        self._ahead_s += seconds

    def ts(self) -> str:
        """Returns a new message id: a time in microseconds that no other message has."""
        self._last_us = max(self._last_us + 1, int(self.now() * 1_000_000))
        return f"{self._last_us // 1_000_000}.{self._last_us % 1_000_000:06d}"


@dataclass(slots=True)
class Channel:
    """A place to talk. `members` decides who may post; `messages` are keyed by their ts."""

    id: str
    name: str
    members: set[str]
    kind: str = "channel"  # or group, im: what an event's channel_type says
    creator: str = ALICE
    archived: bool = False
    messages: dict[str, Json] = field(default_factory=dict)

    def described(self) -> Json:
        """Returns the channel object that conversations.info returns."""
        described: Json = {"id": self.id, "is_im": self.kind == "im", "is_archived": self.archived}
        if self.kind == "im":
            return described | {"user": next(iter(self.members - {BOT_USER}))}
        return described | {
            "name": self.name,
            "creator": self.creator,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind in {"group", "mpim"},
            "is_member": BOT_USER in self.members,
            "num_members": len(self.members),
        }


@dataclass(slots=True)
class Workspace:
    """Everything there is to see, changed by people and by the app's calls."""

    clock: Clock = field(default_factory=Clock)
    changes: Signal = field(default_factory=Signal)
    users: dict[str, str] = field(default_factory=lambda: {ALICE: "alice", BOB: "bob"})
    admins: set[str] = field(default_factory=lambda: {ALICE})
    strangers: set[str] = field(default_factory=set)  # people of another workspace
    channels: dict[str, Channel] = field(default_factory=dict)
    ephemerals: dict[str, Json] = field(default_factory=dict)  # by ts; "to" says who sees it
    views: dict[str, Json] = field(default_factory=dict)  # modals, by view id
    homes: dict[str, Json] = field(default_factory=dict)  # App Home, by user
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)  # by (channel, thread)
    prompts: list[Json] = field(default_factory=list)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    reactions: set[tuple[str, str, str]] = field(default_factory=set)  # (channel, ts, name)
    functions: list[Json] = field(default_factory=list)
    triggers: dict[str, float] = field(default_factory=dict)  # trigger_id -> when it was made
    outgoing: list[Json] = field(default_factory=list)  # events the app's own calls caused
    problems: list[str] = field(default_factory=list)  # what no correct app does

    def __post_init__(self) -> None:
        everyone = {ALICE, BOB, BOT_USER}
        self.channels.setdefault(GENERAL, Channel(GENERAL, "general", set(everyone)))
        self.channels.setdefault(RANDOM, Channel(RANDOM, "random", set(everyone), creator=BOB))

    def channel(self, channel_id: str) -> Channel:
        """Returns the channel of that id; a user's id means the direct messages with them.

        Raises:
            SlackError: channel_not_found.
        """
        if channel_id in self.users:
            return self.direct(channel_id)
        try:
            return self.channels[channel_id]
        except KeyError:
            raise SlackError("channel_not_found") from None

    def direct(self, user: str) -> Channel:
        """Returns the conversation between one person and the app; opens it when first needed."""
        channel_id = "D" + user[1:]
        return self.channels.setdefault(
            channel_id, Channel(channel_id, "directmessage", {user, BOT_USER}, kind="im")
        )

    def message(self, channel_id: str, ts: str) -> Json:
        """Returns one message.

        Raises:
            SlackError: channel_not_found or message_not_found.
        """
        try:
            return self.channel(channel_id).messages[ts]
        except KeyError:
            raise SlackError("message_not_found") from None

    def trigger(self) -> str:
        """Returns a new trigger_id, which opens one modal within three seconds."""
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.token_hex(8)}"
        self.triggers[trigger_id] = self.clock.now()
        return trigger_id

    def posted(self, channel_id: str, *, thread: str | None = None) -> list[Json]:
        """Returns what the app has posted in a channel, oldest first; in one thread if asked."""
        return [
            message
            for message in self.channel(channel_id).messages.values()
            if message.get("bot_id") == BOT_ID
            and (thread is None or message.get("thread_ts") == thread)
        ]
