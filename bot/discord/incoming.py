"""Reading what Discord sends: who asked or clicked what, where, where the reply goes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.chat.clicks import Click
from bot.chat.inbox import Heard
from bot.chat.reply_target import ReplyTarget
from bot.chat.wording import asked_in, points_at_quoted
from bot.state.ask import NO_WORKSPACE, Ask, Key, Kind

if TYPE_CHECKING:
    from collections.abc import Collection
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


def spoken(text: str, names: Collection[str] = ()) -> str:
    """Returns what a person asks, without mentions and what else chat adds.

    `names` is what the bot is called on the server.
    """
    return asked_in(MARKUP.sub(lambda found: found[1] or " ", text), names)


def claimed_in(message: discord.Message) -> str:
    """Returns what a message claims, from all there is to read in it: embeds, forwards."""
    parts = [message.content, *map(_card_text, message.embeds), _forwarded_text(message)]
    return spoken("\n".join(part for part in parts if part))


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
    by_role = _names_our_role(message)
    question, kind = _asked(message, us, by_role=by_role)
    ask = Ask(
        location.key(str(message.id)),
        str(message.author.id),
        question,
        location.thread,
        ReplyTarget(message=str(message.id)).written(),
        _revision(message.edited_at),
        kind,
    )
    readable = bool(message.content) or location.direct or by_role
    return Heard(
        ask,
        from_person=us is not None and readable and _is_from_a_person(message),
        direct=location.direct,
        names_us=by_role or (us is not None and mentions(message.content, us.id)),
        replies_to_us=us in message.mentions,
        in_thread=bool(location.thread),
        addresses_another=message.content.startswith("<@"),
        asks=message.content.rstrip().endswith("?") or ask.question.endswith("?"),
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
    """Returns whether a person wrote it; not a bot, a webhook or Discord."""
    return not message.author.bot and message.type in WRITTEN_TYPES


def _names_our_role(message: discord.Message) -> bool:
    """Returns whether a message mentions the role that Discord made for the bot alone.

    It looks like the bot's name to whoever types it. Discord tells of it also where it hides the
    text.
    """
    role = message.guild.self_role if message.guild else None
    return role is not None and role in message.role_mentions


def _asked(
    message: discord.Message, us: discord.ClientUser | None, *, by_role: bool
) -> tuple[str, Kind]:
    """Returns what a message asks, or the claim that it passes on.

    Of a message whose text Discord hides from us nothing is known but that it names our role.
    """
    question = spoken(message.content, _names_of(message, us))
    if by_role and not message.content:
        return "", "unreadable"
    forwarded = spoken(_forwarded_text(message))
    if forwarded and points_at_quoted(question):
        return forwarded, "source"
    return question, "question"


def _names_of(message: discord.Message, us: discord.ClientUser | None) -> tuple[str, ...]:
    """Returns what the bot is called where a message was written."""
    nick = message.guild.me.nick if message.guild and message.guild.me else None
    return tuple(name for name in (us and us.name, us and us.global_name, nick) if name)


def _forwarded_text(message: discord.Message) -> str:
    """Returns what messages say that somebody passes on; Discord sends copies of them along."""
    parts = []
    for copy in message.message_snapshots:
        parts += [copy.content, *map(_card_text, copy.embeds)]
    return "\n".join(part for part in parts if part)


def _card_text(embed: discord.Embed) -> str:
    """Returns what a card says: its title, its description and its fields."""
    fields = [part for field in embed.fields for part in (field.name, field.value)]
    return "\n".join(part for part in (embed.title, embed.description, *fields) if part)


def _revision(edited_at: datetime | None) -> str:
    """Returns what grows with every edit; it is as long as any other until the year 2286."""
    return "" if edited_at is None else f"{edited_at.timestamp():.6f}"
