"""Everything there is in one made-up Discord: a server, its people, what was said."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.emulators.slack.signal import Signal

Json: TypeAlias = dict[str, Any]

EPOCH_MS = 1_420_070_400_000  # Discord counts from the first second of 2015
TEXT, DIRECT, THREAD, FORUM = 0, 1, 11, 15
EPHEMERAL, LOADING = 1 << 6, 1 << 7
EVERYTHING = (1 << 53) - 1
VIEW_CHANNEL = 1 << 10
ADMINISTRATOR, MANAGE_CHANNELS, MANAGE_GUILD = 1 << 3, 1 << 4, 1 << 5
TYPING_S = 10.0  # how long Discord shows that somebody types
NONCE_S = 300.0


class DiscordError(Exception):
    """What Discord says no to, with its own number."""

    def __init__(self, status: int, code: int, words: str, **more: Any) -> None:
        super().__init__(words)
        self.status = status
        self.body = {"code": code, "message": words, **more}


class Clock:
    """The time there; it can be moved on, so that no test waits for it."""

    def __init__(self) -> None:
        self._ahead_s = 0.0
        self._last = 0

    def now(self) -> float:
        """Returns the seconds since 1970."""
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Moves the time on at once."""
        self._ahead_s += seconds

    def snowflake(self) -> str:
        """Returns a new id, later than any before it."""
        self._last = max(self._last + 1, (int(self.now() * 1000) - EPOCH_MS) << 22)
        return str(self._last)

    def stamp(self) -> str:
        """Returns this moment as Discord writes it."""
        now = self.now()
        whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now))
        return f"{whole}.{int(now % 1 * 1_000_000):06d}+00:00"


@dataclass(slots=True)
class Channel:
    """A place to talk.

    Attributes:
        parent: For a thread, the channel it was started in.
        person: For a direct message, who writes with the bot.
        hidden_from: Who cannot see it.
        closed: The bot may not write there; 50001, 50013, 50083 or 50007 says why.
    """

    id: str
    kind: int = TEXT
    name: str = "general"
    parent: str = ""
    person: str = ""
    closed: int = 0
    hidden_from: set[str] = field(default_factory=set)
    messages: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Interaction:
    """One command, click or list of suggestions, and what the bot made of it."""

    id: str
    token: str
    kind: int
    user: str
    channel: str
    created: float
    clicked: Json | None = None
    acked: int = 0  # the type of the first response
    original: Json | None = None
    choices: list[Json] | None = None


class World:
    """The state, changed by people and by the bot's calls."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.changes = Signal()
        self.bot_id, self.guild_id, self.general = (self.clock.snowflake() for _ in range(3))
        self.bot_role = self.clock.snowflake()  # made by Discord when the bot was invited
        self.users = {self.bot_id: self._user(self.bot_id, "clipping", bot=True)}
        self.alice, self.bob = self.add_user("alice"), self.add_user("bob")
        self.managers = {self.alice}
        self.stewards: set[str] = set()  # who may manage channels, and not the server
        self.channels = {self.general: Channel(self.general)}
        self.ephemerals: dict[str, Json] = {}  # by id; "to" says who sees it
        self.reactions: set[tuple[str, str, str]] = set()  # ours: (channel, message, sign)
        self.interactions: dict[str, Interaction] = {}  # by token
        self.commands: list[Json] = []
        self.gateway: Json = {}  # where it is, and how many shards there should be
        self.granted = EVERYTHING  # what the bot may do on the server
        self.typing: dict[str, float] = {}  # since when, by channel
        self.nonces: dict[str, tuple[float, Json]] = {}
        self.events: list[tuple[str, Json, int]] = []  # to be told: name, data, intent
        self.problems: list[str] = []  # what no correct bot does

    def add_user(self, name: str) -> str:
        """Adds somebody new; returns their id."""
        user_id = self.clock.snowflake()
        self.users[user_id] = self._user(user_id, name)
        return user_id

    def channel(self, channel_id: str) -> Channel:
        """Returns the channel of that id.

        Raises:
            DiscordError: 10003.
        """
        try:
            return self.channels[channel_id]
        except KeyError:
            raise DiscordError(404, 10003, "Unknown Channel") from None

    def direct(self, user_id: str) -> Channel:
        """Returns the conversation between one person and the bot."""
        for channel in self.channels.values():
            if channel.person == user_id:
                return channel
        channel = Channel(self.clock.snowflake(), DIRECT, "", person=user_id)
        self.channels[channel.id] = channel
        return channel

    @property
    def direct_of_alice(self) -> str:
        """Her conversation with the bot."""
        return self.direct(self.alice).id

    def message(self, channel_id: str, message_id: str) -> Json:
        """Returns one message.

        Raises:
            DiscordError: 10003 or 10008.
        """
        try:
            return self.channel(channel_id).messages[message_id]
        except KeyError:
            raise DiscordError(404, 10008, "Unknown Message") from None

    def new_message(self, author: str, channel_id: str, content: str, **fields: Any) -> Json:
        """Returns a message that is not put anywhere yet."""
        return {
            "id": self.clock.snowflake(), "channel_id": channel_id, "author": self.users[author],
            "content": content, "timestamp": self.clock.stamp(), "edited_timestamp": None,
            "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
            "attachments": [], "embeds": [], "pinned": False, "type": 0, "flags": 0,
            "components": [],
        } | fields  # fmt: skip

    def posted(self, channel_id: str) -> list[Json]:
        """Returns what the bot has posted in a channel, oldest first."""
        found = self.channel(channel_id).messages.values()
        return [message for message in found if message["author"]["id"] == self.bot_id]

    def is_typing(self, channel_id: str) -> bool:
        """Tells whether the bot is shown to type there."""
        since = self.typing.get(channel_id)
        return since is not None and self.clock.now() - since < TYPING_S

    def tell(self, event: str, data: Json, intent: int = 0) -> None:
        """Lets the bot know of something, if it asked to be told."""
        self.events.append((event, data, intent))
        self.changes.notify()

    def _user(self, user_id: str, name: str, *, bot: bool = False) -> Json:
        return {
            "id": user_id, "username": name, "discriminator": "0", "avatar": None,
            "global_name": name.title(), "public_flags": 0, "bot": bot,
        }  # fmt: skip
