"""What Discord sends, read: who asked what, where, and where the reply goes. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import discord

from bot.state.ask import Ask, Key, Kind

if TYPE_CHECKING:
    from datetime import datetime

PLATFORM = "discord"
MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?(:\w+:)\d+>|<t:-?\d+(?::\w)?>|</[^<>:]+:\d+>|<id:\w+>")

Way: TypeAlias = Literal["message", "private", "channel"]
Interaction: TypeAlias = discord.Interaction[discord.Client]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something was said: threads and forum posts belong to the channel they stand in.

    Attributes:
        workspace: The server; in a direct message, that conversation.
        channel: Whose rules hold.
        thread: The thread or forum post; empty outside of them.
    """

    workspace: str
    channel: str
    thread: str = ""

    @property
    def direct(self) -> bool:
        """Whether it is a direct message."""
        return self.workspace.startswith("@")

    def key(self, message: str) -> Key:
        """The key of a message there."""
        return Key(PLATFORM, self.workspace, self.channel, message)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes, beyond what the key says.

    Attributes:
        way: Under a message; to the asker alone; or into the channel, for all.
        message: The question itself; or the private message that was promised, or is shared.
        token: What the asker's click or command allows for 15 minutes.
    """

    way: Way = "message"
    message: str = ""
    token: str = ""

    def written(self) -> str:
        """As kept with the claim."""
        return json.dumps(asdict(self))


def place_of(ask: Ask) -> Place:
    """The place kept with a claim; a message where none is kept any more."""
    return Place(**json.loads(ask.place)) if ask.place else Place(message=ask.key.message)


def spot_of(channel: object, channel_id: int, guild_id: int | None) -> Spot:
    """Where a channel is; `channel` is what is known of it, if anything is."""
    if guild_id is None:
        return Spot(f"@{channel_id}", str(channel_id))
    if isinstance(channel, discord.Thread):
        return Spot(str(guild_id), str(channel.parent_id), str(channel_id))
    return Spot(str(guild_id), str(channel_id))


def spoken(text: str) -> str:
    """What a person typed, without the mentions and with emoji by their names."""
    return " ".join(MARKUP.sub(lambda found: found[1] or " ", text).split())


def mentions(text: str, user_id: int) -> bool:
    """Whether the text names that user."""
    return f"<@{user_id}>" in text or f"<@!{user_id}>" in text


def of_message(message: discord.Message, spot: Spot) -> Ask:
    """The question in a message."""
    return Ask(
        spot.key(str(message.id)),
        str(message.author.id),
        spoken(message.content),
        spot.thread,
        Place(message=str(message.id)).written(),
        _revision(message.edited_at),
    )


def of_interaction(
    interaction: Interaction, question: str, kind: Kind, name: str, place: Place
) -> Ask:
    """A question that a command or a click asks."""
    spot = spot_of(interaction.channel, interaction.channel_id or 0, interaction.guild_id)
    return Ask(
        spot.key(name),
        str(interaction.user.id),
        question,
        spot.thread,
        place.written(),
        kind=kind,
    )


def _revision(edited_at: datetime | None) -> str:
    """Grows with every edit; as long as any other until the year 2286."""
    return "" if edited_at is None else f"{edited_at.timestamp():.6f}"
