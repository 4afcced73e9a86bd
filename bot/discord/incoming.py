"""Reading what Discord sends: who asked or clicked what, where, where the reply goes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.chat.clicks import Click
from bot.chat.inbox import Heard
from bot.chat.reply_target import ReplyTarget
from bot.state.ask import NO_WORKSPACE, Ask, Key, Kind

if TYPE_CHECKING:
    from datetime import datetime

PLATFORM = "discord"
MARKUP = re.compile(r"<(?:@[!&]?|#)\d+>|<a?(:\w+:)\d+>|<t:-?\d+(?::\w)?>|</[^<>:]+:\d+>|<id:\w+>")
WRITTEN_TYPES = {discord.MessageType.default, discord.MessageType.reply}

Interaction: TypeAlias = discord.Interaction[discord.Client]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a message stands: threads and forum posts belong to the channel they stand in.

    Attributes:
        workspace: The server; in a direct message, that conversation.
        channel: The channel whose rules hold.
        thread: The thread or forum post; empty outside of them.
    """

    workspace: str
    channel: str
    thread: str = ""

    @property
    def direct(self) -> bool:
        """Whether it is a direct message."""
        return self.workspace.startswith(NO_WORKSPACE)

    def key(self, message: str) -> Key:
        """Returns the key of a message there."""
        return Key(PLATFORM, self.workspace, self.channel, message)


def location_of(channel: object, channel_id: int, guild_id: int | None) -> Location:
    """Returns where a channel is; `channel` is what is known of it, if anything is."""
    if guild_id is None:
        return Location(f"{NO_WORKSPACE}{channel_id}", str(channel_id))
    if isinstance(channel, discord.Thread):
        return Location(str(guild_id), str(channel.parent_id), str(channel_id))
    return Location(str(guild_id), str(channel_id))


def interaction_location(interaction: Interaction) -> Location:
    """Returns where a command was typed or a button was clicked."""
    return location_of(interaction.channel, interaction.channel_id or 0, interaction.guild_id)


def spoken(text: str) -> str:
    """Returns what a person typed, without the mentions and with emoji by their names."""
    return " ".join(MARKUP.sub(lambda found: found[1] or " ", text).split())


def mentions(text: str, user_id: int) -> bool:
    """Returns whether the text names that user."""
    return f"<@{user_id}>" in text or f"<@!{user_id}>" in text


def heard_in(message: discord.Message, us: discord.ClientUser | None) -> Heard:
    """Returns what a message says; `us` is the bot's own user, None before Discord named it.

    Discord names the author of a message that is replied to among the mentions, although the text
    does not.
    """
    # A server whose own event could not be read is unknown, and its messages are not direct ones.
    known = message.guild.id if message.guild else None
    guild_id = known or getattr(message.channel, "guild_id", None)
    location = location_of(message.channel, message.channel.id, guild_id)
    ask = Ask(
        location.key(str(message.id)),
        str(message.author.id),
        spoken(message.content),
        location.thread,
        ReplyTarget(message=str(message.id)).written(),
        _revision(message.edited_at),
    )
    return Heard(
        ask,
        from_person=us is not None and _is_from_a_person(message),
        direct=location.direct,
        names_us=us is not None and mentions(message.content, us.id),
        replies_to_us=us in message.mentions,
        in_thread=bool(location.thread),
        addresses_another=message.content.startswith("<@"),
        asks=message.content.rstrip().endswith("?"),
    )


def of_interaction(
    interaction: Interaction, question: str, kind: Kind, name: str, target: ReplyTarget
) -> Ask:
    """Returns a question that a command asks."""
    location = interaction_location(interaction)
    user, place = str(interaction.user.id), target.written()
    return Ask(location.key(name), user, question, location.thread, place, kind=kind)


def click_in(interaction: Interaction, claim_id: str, target: ReplyTarget | None = None) -> Click:
    """Returns a click.

    Args:
        interaction: The click as Discord tells of it.
        claim_id: The question that the clicked answer belongs to.
        target: The private message that was promised; None where the clicked message changes.
    """
    clicked, location = interaction.message, interaction_location(interaction)
    private = clicked is not None and clicked.flags.ephemeral
    return Click(
        location.key(""),
        str(interaction.user.id),
        claim_id,
        private and not location.direct,
        target or ReplyTarget("message", str(clicked.id) if clicked else "", interaction.token),
        location.thread,
        direct=location.direct,
    )


def _is_from_a_person(message: discord.Message) -> bool:
    """Returns whether a person wrote it and we may read it; not a bot, a webhook or Discord."""
    return not message.author.bot and message.type in WRITTEN_TYPES and bool(message.content)


def _revision(edited_at: datetime | None) -> str:
    """Returns what grows with every edit; it is as long as any other until the year 2286."""
    return "" if edited_at is None else f"{edited_at.timestamp():.6f}"
