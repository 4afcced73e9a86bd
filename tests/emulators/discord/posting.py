"""Messages: what the bot posts, changes, removes and reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.emulators.discord import limits, shapes
from tests.emulators.discord.gateway import DIRECT_MESSAGES, GUILD_MESSAGES
from tests.emulators.discord.world import DIRECT, EPHEMERAL, NONCE_S, DiscordError

if TYPE_CHECKING:
    from tests.emulators.discord.world import Channel, Json, World

REPLY = 19
SHOWN = ("content", "embeds", "components", "attachments", "flags")
WORDS = {50001: "Missing Access", 50007: "Cannot send messages to this user",
         50013: "Missing Permissions", 50083: "Thread is archived"}  # fmt: skip


def post(world: World, channel_id: str, sent: Json) -> Json:
    """Posts a message of the bot; returns the earlier one if its nonce was used before."""
    channel = world.channel(channel_id)
    see_open(channel)
    limits.check(sent)
    limits.check_not_empty(sent)
    nonce = str(sent.get("nonce") or "")
    if nonce and sent.get("enforce_nonce"):
        since, before = world.nonces.get(nonce, (0.0, {}))
        if world.clock.now() - since < NONCE_S:
            return before
    message = build(world, channel_id, sent)
    _refer(channel, sent, message)
    channel.messages[message["id"]] = message
    world.nonces[nonce] = world.clock.now(), message
    world.typing.pop(channel_id, None)
    world.tell("MESSAGE_CREATE", shapes.heard(world, message), intent_of(channel))
    return message


def build(world: World, channel_id: str, sent: Json, to: str = "") -> Json:
    """Returns a message of the bot's; `to` is the one person who sees it."""
    message = world.new_message(world.bot_id, channel_id, sent.get("content") or "")
    change(message, sent)
    note_alerts(world, sent)
    return message | ({"to": to} if to else {})


def change(message: Json, sent: Json) -> None:
    """Puts what was sent into a message, as Discord shows it."""
    for part in SHOWN:
        if part in sent:
            message[part] = (
                sent[part] if sent[part] is not None else "" if part == "content" else []
            )
    message["embeds"] = [
        {"type": "rich", **embed, **_trimmed(embed)} for embed in message["embeds"]
    ]
    number = 0
    for row in message["components"]:
        for part in (row, *row["components"]):
            number += 1
            part.setdefault("id", number)


def edit(world: World, channel_id: str, message_id: str, sent: Json) -> Json:
    """Changes a message that the bot posted."""
    message = world.message(channel_id, message_id)
    see_open(world.channel(channel_id))
    if message["author"]["id"] != world.bot_id:
        raise DiscordError(403, 50005, "Cannot edit a message authored by another user")
    limits.check(sent)
    note_alerts(world, sent)
    change(message, sent)
    message["edited_timestamp"] = world.clock.stamp()
    told = shapes.heard(world, message)
    world.tell("MESSAGE_UPDATE", told, intent_of(world.channel(channel_id)))
    return message


def delete(world: World, channel_id: str, message_id: str) -> None:
    """Deletes a message, whoever does it."""
    world.message(channel_id, message_id)
    channel = world.channel(channel_id)
    del channel.messages[message_id]
    told: Json = {"id": message_id, "channel_id": channel_id}
    if channel.kind != DIRECT:
        told["guild_id"] = world.guild_id
    world.tell("MESSAGE_DELETE", told, intent_of(channel))


def history(world: World, channel_id: str, asked: dict[str, str]) -> list[Json]:
    """Returns what was said after a message, newest first."""
    channel = world.channel(channel_id)
    see_open(channel)
    after = int(asked.get("after", 0))
    before = int(asked.get("before", 1 << 63))
    found = [m for m in channel.messages.values() if after < int(m["id"]) < before]
    found = found[: int(asked["limit"])] if "after" in asked else found[-int(asked["limit"]) :]
    return found[::-1]


def see_open(channel: Channel) -> None:
    """Checks that the bot may write in a channel.

    Raises:
        DiscordError: Why not.
    """
    if channel.closed:
        raise DiscordError(403, channel.closed, WORDS[channel.closed])


def note_alerts(world: World, sent: Json) -> None:
    """Notes as a problem that a message of ours would alert somebody."""
    allowed = sent.get("allowed_mentions")
    harmless: Json = {"parse": []}
    if allowed is None or any(allowed.get(kind) for kind in ("users", "roles", "replied_user")):
        world.problems.append(f"a message may alert somebody: {allowed}")
    elif allowed.get("parse", harmless["parse"]):
        world.problems.append(f"a message may alert {allowed['parse']}")


def named_in(text: str) -> list[str]:
    """Returns whom Discord shows as named: no backslash stands before the name."""
    return re.findall(r"(?<!\\)<@[!&]?\d+>|(?<!\\)@(?:everyone|here)", text)


def intent_of(channel: Channel) -> int:
    """Returns what the bot must have asked for to hear of messages there."""
    return DIRECT_MESSAGES if channel.kind == DIRECT else GUILD_MESSAGES


def is_private(message: Json) -> bool:
    """Tells whether one person alone sees it."""
    return bool(message["flags"] & EPHEMERAL)


def _trimmed(embed: Json) -> Json:
    """Removes white space around titles and descriptions, as Discord does."""
    return {name: embed[name].strip() for name in ("title", "description") if embed.get(name)}


def _refer(channel: Channel, sent: Json, message: Json) -> None:
    """Makes a message a reply, if the message that it replies to exists."""
    reference = sent.get("message_reference")
    if not reference:
        return
    about = channel.messages.get(str(reference["message_id"]))
    if about is None and reference.get("fail_if_not_exists", True):
        unknown = [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]
        errors = {"message_reference": {"_errors": unknown}}
        raise DiscordError(400, 50035, "Invalid Form Body", errors=errors)
    message |= {
        "type": REPLY, "referenced_message": about,
        "message_reference": {"channel_id": channel.id, "type": 0,
                              "message_id": str(reference["message_id"])},
    }  # fmt: skip
